/**
 * Contraction paths: in which order to multiply the tensors of a network.
 *
 *   findPath          the search: exact where small, annealed beyond, sliced where memory is limited
 *   createPathCache   findPath with a memory
 *   networkKey        the name of a network, whatever its labels are called
 *   pricePath         what a given path costs; secondsOf, how long it takes
 *   explain           a path, step by step, in words
 *   regraft           a path changed by hand
 *   readContractionPath, printContractionPath   a path in writing
 *
 * How the search is made, from the outside in:
 *   find-path
 *     slicing/search-sliced    labels to loop over, under a memory limit
 *     search/solve-tree        connected parts, and the method for each:
 *       exact                  every tree, for up to twelve tensors
 *       chain                  chains of matrices
 *       search-tree            the rest: reduce-network, then trees that are
 *         greedy, eliminate, dissect   constructed,
 *         live-tree                    annealed by random rotations and refined in exactly solved sub-trees:
 *                                      the loops are in WebAssembly (tree-kernels, assembly/),
 *         recombine                    recombined with those before, and
 *         prove-optimal                where the effort allows it, proven optimal
 *   pricing/                   the figures of a path, and the schedule of its steps that needs least memory
 */

export { type FindPathOptions, findPath, type Objective, searchPath } from './find-path.ts';
export { greedyPath } from './greedy-path.ts';
export { isBest, type Network, type PathResult, type SsaPath } from './network.ts';
export { networkKey } from './network-key.ts';
export { type CacheableOptions, createPathCache, type PathCache } from './path-cache.ts';
export { printContractionPath, readContractionPath } from './path-text.ts';
export { type ExplainedStep, explain, explainSteps } from './pricing/explain-path.ts';
export { type MachineCosts, machine, machineObjective, secondsOf } from './pricing/machine.ts';
export { pricePath } from './pricing/price-path.ts';
export { regraft } from './regraft.ts';
export { type EffortLimits, portion } from './search/effort.ts';
export { smallEnough } from './search/solve-tree.ts';
export type { MemoryLimit } from './slicing/search-sliced.ts';
