/** The best evaluation of a run so far: which state to keep, and when to stop for want of a better one. */

export interface BestEvaluation {
  /** Training steps before it. */
  readonly step: number;
  readonly value: number;
}

export interface BestSoFar {
  /** To be told every evaluation, in their order. */
  hear(step: number, metrics: Readonly<Record<string, number>>): void;
  /** Whether the evaluation after this step was the best: its state is wanted. */
  isBest(step: number): boolean;
  /** Whether so many evaluations in a row were no better. */
  isOver(): boolean;
  best(): BestEvaluation | undefined;
}

/** What a run goes by where nothing is said. */
export const watchedByDefault = 'testLoss';

/** Of what is better where it is less; of all else, more is. */
const isCost = (metric: string): boolean => /loss|perplexity|error/i.test(metric);

/**
 * `patience`: evaluations without a better one, after which the run is over; undefined: it goes on to its end.
 * `known`: the best of what came before.
 */
export function bestSoFar(metric: string, patience?: number, known?: BestEvaluation): BestSoFar {
  let best = known;
  let worse = 0;
  const sign = isCost(metric) ? 1 : -1;
  return {
    hear(step, metrics) {
      const value = metrics[metric];
      if (value === undefined) return;
      if (best && !(sign * value < sign * best.value)) worse++;
      else [best, worse] = [{ step, value }, 0];
    },
    isBest: (step) => best?.step === step,
    isOver: () => patience !== undefined && worse >= patience,
    best: () => best,
  };
}
