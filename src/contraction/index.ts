/**
 * Contraction order: in which order to multiply the tensors of a network.
 *
 *   findPath          the search: exact where small, annealed beyond, sliced where memory is limited
 *   createPathCache   findPath with a memory
 *   networkKey        the name of a network, whatever its labels are called
 *   pricePath         what a given path costs; secondsOf, how long it takes
 *   explain           a path, step by step, in words
 *   regraft           a path changed by hand; readOrder and printOrder, one in writing
 *
 * How the search is made, from the outside in:
 *   find-path → slice          labels to loop over, under a memory limit
 *             → solve          connected parts, and the method for each:
 *                 exact        every tree, for up to twelve tensors
 *                 chain        chains of matrices
 *                 search       the rest: simplify, then trees that are
 *                   greedy, eliminate         constructed,
 *                   live-tree                 turned by random rotations, and improved in exactly solved
 *                                             sub-trees: the loops are in WebAssembly (kernels, assembly/),
 *                   connected                 and, with luck, proven optimal
 *   price, schedule            the figures, and the order of the steps that needs the least memory
 */
export { type CacheableOptions, createPathCache, type PathCache } from './cache.ts';
export { networkKey } from './canonical.ts';
export { type EffortLimits, portion } from './effort.ts';
export { type ExplainedStep, explain, explainSteps } from './explain.ts';
export { type FindPathOptions, findPath, type Objective, searchPath } from './find-path.ts';
export { greedyPath } from './greedy-path.ts';
export { type MachineCosts, machine, machineObjective, secondsOf } from './machine.ts';
export { isBest, type Network, type PathResult, type SsaPath } from './network.ts';
export { printOrder, readOrder } from './order-text.ts';
export { pricePath } from './price.ts';
export { regraft } from './regraft.ts';
export type { MemoryLimit } from './slice.ts';
export { smallEnough } from './solve.ts';
