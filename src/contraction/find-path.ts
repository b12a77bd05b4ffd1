/** The order in which to contract a network. */
import { exactTree } from './exact.ts';
import { greedyTree } from './greedy.ts';
import type { Network, PathResult } from './network.ts';
import { priceTree } from './price.ts';
import { problemOf } from './problem.ts';
import { createRandom } from './random.ts';

export interface FindPathOptions {
  /** How much to search beyond the first good path, in units of a few milliseconds. Default 1. */
  readonly rounds?: number;
  readonly seed?: number;
}

/** Deterministic for a seed and a number of rounds. */
export function findPath(network: Network, options: FindPathOptions = {}): PathResult {
  const problem = problemOf(network);
  if (problem.n <= 10) return priceTree(network, problem, exactTree(problem), 'exact');
  const random = createRandom(options.seed ?? 1);
  return priceTree(network, problem, greedyTree(problem, { alpha: 1, temperature: 0 }, random), 'greedy');
}
