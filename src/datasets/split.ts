/**
 * Which rows are learned from and which are held back. The same rule serves the compiler, which must
 * know how many rows an evaluation takes, and the runtime, which must know which: how many they are
 * never depends on what stands in them.
 */
import { keyFrom, permutation } from '../base/random.ts';
import { type Text, text } from '../base/text.ts';

export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** At random; with the classes in their proportions; the last by some order; by whole groups. */
export const splitKinds = ['random', 'stratified', 'order', 'group'] as const;
export type SplitKind = (typeof splitKinds)[number];

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

/** How rows are split, and a number for each of them: its class, its place in the order, or its group. */
export interface KeyedSplit {
  readonly kind: Exclude<SplitKind, 'random'>;
  readonly keys: ArrayLike<number>;
  readonly fraction: number;
  readonly seed: number;
}

/** The same number of rows is held back as by `split`. */
export function splitBy({ kind, keys, fraction, seed }: KeyedSplit): Split | { readonly fault: Text } {
  const held = testRows(keys.length, fraction);
  if (kind === 'order') {
    const order = Uint32Array.from({ length: keys.length }, (_, r) => r);
    order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
    return { train: order.subarray(0, order.length - held), test: order.subarray(order.length - held) };
  }
  const order = permutation(keyFrom(seed, 'split'), keys.length);
  return kind === 'stratified' ? stratified(order, keys, held) : byGroups(order, keys, held, seed);
}

/** Each class gives its share, rounded down, and those with the largest remainders one more. */
function stratified(order: Uint32Array, keys: ArrayLike<number>, held: number): Split {
  const counts = new Map<number, number>();
  for (const row of order) counts.set(keys[row] as number, (counts.get(keys[row] as number) ?? 0) + 1);
  const shares = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([key, count]) => ({
      key,
      whole: Math.floor((count * held) / order.length),
      rest: (count * held) % order.length,
    }));
  const quota = new Map(shares.map(({ key, whole }) => [key, whole]));
  let left = held - shares.reduce((sum, { whole }) => sum + whole, 0);
  for (const { key, whole } of [...shares].sort((a, b) => b.rest - a.rest || a.key - b.key))
    if (left-- > 0) quota.set(key, whole + 1);
  const [test, train]: [number[], number[]] = [[], []];
  for (const row of order) {
    const room = quota.get(keys[row] as number) as number;
    quota.set(keys[row] as number, room - 1);
    (room > 0 ? test : train).push(row);
  }
  return { train: Uint32Array.from(train), test: Uint32Array.from(test) };
}

/**
 * Groups in random order are held back until there are enough rows; of the last of them the rows that would be too many
 * are neither held back nor learned from, so that no group stands on both sides.
 */
function byGroups(
  order: Uint32Array,
  keys: ArrayLike<number>,
  held: number,
  seed: number,
): Split | { readonly fault: Text } {
  const rows = new Map<number, number[]>();
  for (const row of Uint32Array.from(order).sort()) {
    const of = rows.get(keys[row] as number);
    if (of) of.push(row);
    else rows.set(keys[row] as number, [row]);
  }
  const groups = [...rows.values()];
  const test: number[] = [];
  const train: number[] = [];
  for (const g of permutation(keyFrom(seed, 'split', 'groups'), groups.length)) {
    const group = groups[g] as number[];
    const room = held - test.length;
    if (room > 0) test.push(...group.slice(0, room));
    else for (const row of group) train.push(row);
  }
  if (train.length === 0)
    return {
      fault: text(
        `its rows belong to ${groups.length} groups: none is left to learn from`,
        `其各行只属于 ${groups.length} 个组，没有剩余的组可供学习`,
      ),
    };
  const learned = new Set(train);
  return { train: order.filter((row) => learned.has(row)), test: Uint32Array.from(test) };
}
