/**
 * How long a path takes, roughly: each step as long as its multiply-adds or the elements that it makes (to
 * write, and to read again), whichever is slower, and something for every step whatever its size. The figures
 * are fitted to the default engine by `npm run bench:cost-model`; another machine shifts them together, and
 * only their ratios choose between orders.
 */
export interface MachineCosts {
  /** Nanoseconds each. */
  readonly perMultiplyAdd: number;
  readonly perElement: number;
  readonly perStep: number;
}

export const machine: MachineCosts = { perMultiplyAdd: 0.09, perElement: 0.12, perStep: 500 };

/** Estimated seconds; the steps as `explainSteps` gives them. */
export function secondsOf(
  steps: readonly { readonly flops: number; readonly elements: number }[],
  { perMultiplyAdd, perElement, perStep }: MachineCosts = machine,
): number {
  const work = steps.map(({ flops, elements }) => Math.max(flops * perMultiplyAdd, elements * perElement));
  return work.reduce((sum, nanoseconds) => sum + nanoseconds + perStep, 0) * 1e-9;
}
