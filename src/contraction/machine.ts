/**
 * How long a path takes, roughly: so many nanoseconds for each multiply-add, for each element of an
 * intermediate tensor (written, and read again), and for each step whatever its size. The figures are
 * fitted to the default engine by `npm run bench:cost-model`; another machine shifts them together, and
 * only their ratios choose between orders.
 */
import type { PathResult } from './network.ts';

export interface MachineCosts {
  /** Nanoseconds each. */
  readonly perMultiplyAdd: number;
  readonly perElement: number;
  readonly perStep: number;
}

export const machine: MachineCosts = { perMultiplyAdd: 0.06, perElement: 1, perStep: 300 };

/** Estimated seconds. `elements`: of all intermediate tensors of one slice together. */
export const secondsOf = (
  { flops, path, slices }: PathResult,
  elements: number,
  costs: MachineCosts = machine,
): number =>
  (flops * costs.perMultiplyAdd + slices * (elements * costs.perElement + path.length * costs.perStep)) *
  1e-9;
