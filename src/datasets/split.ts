/**
 * Which rows are learned from and which are held back. The same rule serves the compiler, which must
 * know how many rows an evaluation takes, and the runtime, which must know which.
 */
import { keyFrom, permutation } from '../base/random.ts';

export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** How many of `rows` are held back: the nearest whole number, and never all of them. */
export const testRows = (rows: number, fraction: number): number =>
  Math.min(Math.round(rows * fraction), rows - 1);

/** The held-back rows come first in a permutation that the seed alone decides. */
export function split(rows: number, fraction: number, seed: number): Split {
  const order = permutation(keyFrom(seed, 'split'), rows);
  const held = testRows(rows, fraction);
  return { train: order.subarray(held), test: order.subarray(0, held) };
}
