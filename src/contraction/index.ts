/**
 * Contraction order: in which order to multiply the tensors of a network.
 *
 *   findPath    the search itself: exact where small, annealed beyond
 *   pricePath   what a given path costs
 *   explain     a path, step by step, in words
 */
export { type ExplainedStep, explain, explainSteps } from './explain.ts';
export { type FindPathOptions, findPath } from './find-path.ts';
export type { Network, PathResult, SsaPath } from './network.ts';
export { pricePath } from './price.ts';
