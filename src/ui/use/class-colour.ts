/** Colours of classes, the same wherever a class is drawn. */
import { distinctHue } from '../parts/distinct-hue.ts';

const hue = (index: number): number => distinctHue(index, 222);

export const classColour = (index: number): string => `hsl(${hue(index).toFixed(0)} 62% 52%)`;

/** The same as red, green, blue of 0 … 255, for what is drawn pixel by pixel. */
export function classRgb(index: number): readonly [number, number, number] {
  const [saturation, lightness] = [0.62, 0.52];
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const part = (n: number) => {
    const k = (n + hue(index) / 30) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}
