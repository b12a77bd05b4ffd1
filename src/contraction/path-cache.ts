/**
 * A cache of paths by network. A graph is compiled after every edit and most of its contractions have not
 * changed; the key does not depend on the names of labels (network-key.ts).
 */

import { type FindPathOptions, findPath } from './find-path.ts';
import type { Network, PathResult } from './network.ts';
import { canonicalNetwork } from './network-key.ts';

export type PathCache = (network: Network, options?: CacheableOptions) => PathResult;

/** Options whose result depends on nothing else: no clock. */
export type CacheableOptions = Omit<FindPathOptions, 'spent' | 'deadline'>;

/** findPath behind a least-recently-used cache of `capacity` networks. */
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
