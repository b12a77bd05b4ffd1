/** The colour of an earlier run in charts and tables: another for each number, as far apart as there are colours. */

/** Turning by the golden angle, no two of a few are near each other. */
const TURN = 137.508;

export const runColour = (number: number): string =>
  `hsl(${((number * TURN + 20) % 360).toFixed(0)} 55% 52%)`;
