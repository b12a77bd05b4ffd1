/** Parameters that are one number for every axis, or one for each: 3, or 3 × 5. */
import { z } from 'zod';

export type PerAxis = number | readonly number[];

const most = 1000;

const inEach = (rank: Rank, least: number): readonly z.ZodType<PerAxis>[] => {
  const whole = z.int().min(least).max(most);
  return rank === 1 ? [whole] : [whole, z.tuple([whole, whole])];
};

/** How many axes windows slide along. */
export type Rank = 1 | 2;

/** A whole number of at least `least` or, for two axes, a pair of them. */
export function perAxis(rank: Rank, least: number): z.ZodType<PerAxis> {
  const [one, ...pair] = inEach(rank, least);
  return pair.length === 0 ? (one as z.ZodType<PerAxis>) : z.union(inEach(rank, least));
}

/** The same, or a word. */
export const perAxisOr = <const W extends string>(rank: Rank, least: number, words: readonly W[]) =>
  z.union([...inEach(rank, least), z.enum(words)]) as z.ZodType<PerAxis | W>;

/** The number for the i-th of the axes. */
export const along = (value: PerAxis, i: number): number =>
  typeof value === 'number' ? value : (value[i] as number);

export const isPair = (value: unknown): boolean => Array.isArray(value);

/** The numbers of all axes. */
export const ofAxes = (value: PerAxis, rank: Rank): number[] =>
  Array.from({ length: rank }, (_, i) => along(value, i));

/** As it is shown: 3×3, or 3×5. */
export const showPerAxis = (value: PerAxis, rank: Rank): string => ofAxes(value, rank).join('×');

/** The same in short: one number where all axes have it. */
export const showBriefly = (value: PerAxis, rank: Rank): string =>
  new Set(ofAxes(value, rank)).size === 1 ? String(along(value, 0)) : showPerAxis(value, rank);
