/** The greedy path, each pair the best by a local score: what NumPy and opt_einsum take by default. */

import type { Network, PathResult } from './network.ts';
import { priceTree } from './pricing/price-path.ts';
import { problemOf } from './problem.ts';
import { greedyTree } from './search/greedy.ts';
import { createRandom } from './search/xoshiro.ts';

/** Deterministic: the change of memory decides, as in opt_einsum's 'greedy'. */
export function greedyPath(network: Network): PathResult {
  const tree = greedyTree(problemOf(network), { alpha: 1, temperature: 0 }, createRandom(0));
  return priceTree(network, tree, 'greedy');
}
