/** Hues for things that are counted, so that those of a few are far apart. */

/** The golden angle: no two of a few turns by it are near each other. */
const TURN = 137.508;

/** In degrees, 0 … 360; `first`: of number 0. */
export const distinctHue = (number: number, first: number): number => (first + number * TURN) % 360;
