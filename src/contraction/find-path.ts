/** Finds a contraction path: the search, and the result priced. */

import type { Network, PathResult, SsaPath } from './network.ts';
import { type CostModel, operationsOnly } from './pricing/cost-model.ts';
import { leastPeak } from './pricing/least-peak.ts';
import { priceTree } from './pricing/price-path.ts';
import { problemOf } from './problem.ts';
import type { EffortLimits } from './search/effort.ts';
import { solveTree } from './search/solve-tree.ts';
import { type MemoryLimit, searchSliced } from './slicing/search-sliced.ts';
import { treeOf } from './tree.ts';

/**
 * What to make small: multiply-adds, or with them what carrying them out costs beside, in multiply-adds (see
 * CostModel). 'memory' puts the elements of intermediate tensors first.
 */
export type Objective = 'operations' | 'memory' | CostModel;

export interface FindPathOptions extends EffortLimits, MemoryLimit {
  readonly seed?: number;
  readonly objective?: Objective;
  /** A path to start from; the result is never more expensive, by the objective. */
  readonly warmStart?: SsaPath;
}

/** Elements outweigh multiply-adds, which still decide between trees of equal elements. */
const memoryFirst = 2 ** 24;

const modelOf = (objective: Objective): CostModel => {
  if (objective === 'operations') return operationsOnly;
  return objective === 'memory' ? { ...operationsOnly, perElement: memoryFirst } : objective;
};

/** Deterministic for a seed and a number of rounds; with a clock in `spent` or `deadline` it is not. */
export function findPath(network: Network, options: FindPathOptions = {}): PathResult {
  const search = searchPath(network, options);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

/**
 * The same search in slices of a few milliseconds: between two of them it yields log2 of the cost of the
 * best so far. To stop it, let `deadline` say so; it then returns what it has.
 */
export function* searchPath(network: Network, options: FindPathOptions = {}): Generator<number, PathResult> {
  const { seed = 1, objective = 'operations', warmStart, maxIntermediate, maxPeak } = options;
  const problem = problemOf(network);
  const start = warmStart && treeOf(problem.n, warmStart);
  const settings = { limits: options, seed, model: modelOf(objective), warmStart: start };
  if (maxIntermediate !== undefined || maxPeak !== undefined) {
    return yield* searchSliced(network, settings, { maxIntermediate, maxPeak });
  }
  const { tree, algorithm } = yield* solveTree(problem, settings);
  return priceTree(network, leastPeak(problem, tree), algorithm);
}
