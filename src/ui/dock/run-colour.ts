/** The colour of an earlier run in charts and tables. */
import { distinctHue } from '../parts/distinct-hue.ts';

export const runColour = (number: number): string => `hsl(${distinctHue(number, 20).toFixed(0)} 55% 52%)`;
