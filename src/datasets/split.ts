/**
 * Which rows are learned from and which are held back. The same rule serves the compiler, which must
 * know how many rows an evaluation takes, and the runtime, which must know which.
 */
import { keyFrom, permutation } from '../base/random.ts';

export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** Of groups of so many rows, the nearest whole number is held back, and never all of them. */
export function testRows(rows: number, fraction: number, group = 1): number {
  const groups = rows / group;
  return group * Math.min(Math.round(groups * fraction), groups - 1);
}

/** The held-back groups come first in a permutation that the seed alone decides. */
export function split(rows: number, fraction: number, seed: number, group = 1): Split {
  const groups = permutation(keyFrom(seed, 'split'), rows / group);
  const order = group === 1 ? groups : Uint32Array.from({ length: rows }, (_, r) => rowIn(groups, r, group));
  const held = testRows(rows, fraction, group);
  return { train: order.subarray(held), test: order.subarray(0, held) };
}

const rowIn = (groups: Uint32Array, place: number, group: number): number =>
  (groups[Math.floor(place / group)] as number) * group + (place % group);
