/** The order that always takes the pair which seems best at the moment: what most libraries would do. */
import { greedyTree } from './greedy.ts';
import type { Network, PathResult } from './network.ts';
import { priceTree } from './price.ts';
import { problemOf } from './problem.ts';
import { createRandom } from './random.ts';

/** Deterministic: the change of memory decides, as in opt_einsum's 'greedy'. */
export function greedyPath(network: Network): PathResult {
  const tree = greedyTree(problemOf(network), { alpha: 1, temperature: 0 }, createRandom(0));
  return priceTree(network, tree, 'greedy');
}
