/**
 * Paths that were found before. A graph is compiled after every edit and most of its contractions have
 * not changed; they are recognised whatever their labels are called.
 */
import { type FindPathOptions, findPath } from './find-path.ts';
import type { Network, PathResult } from './network.ts';

export type PathCache = (network: Network, options?: CacheableOptions) => PathResult;

/** Options whose result depends on nothing else: no clock. */
export type CacheableOptions = Omit<FindPathOptions, 'spent' | 'deadline'>;

/** findPath with a memory for the `capacity` networks asked for last. */
export function createPathCache(capacity = 256): PathCache {
  // A Map keeps the order of insertion: what was used longest ago comes first.
  const known = new Map<string, PathResult>();
  return (network, options = {}) => {
    const { canonical, labels } = canonicalNetwork(network);
    const key = JSON.stringify([canonical, options]);
    const result = known.get(key) ?? findPath(canonical, options);
    known.delete(key);
    known.set(key, result);
    if (known.size > capacity) known.delete(known.keys().next().value as string);
    return { ...result, sliced: result.sliced.map((label) => labels[label] as number) };
  };
}

/** The network with its labels numbered as they appear, and the own label of each number. */
function canonicalNetwork({ inputs, output, sizes }: Network): {
  readonly canonical: Network;
  readonly labels: readonly number[];
} {
  const numbers = new Map<number, number>();
  const number = (label: number): number => {
    const known = numbers.get(label) ?? numbers.size;
    numbers.set(label, known);
    return known;
  };
  const renamed = { inputs: inputs.map((tensor) => tensor.map(number)), output: output.map(number) };
  const labels = [...numbers.keys()];
  return { canonical: { ...renamed, sizes: labels.map((label) => sizes[label] as number) }, labels };
}
