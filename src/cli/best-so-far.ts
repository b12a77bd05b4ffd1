/** The best evaluation of a run so far: which state to keep, and when to stop for want of a better one. */
import type { RunEvent } from '../runtime/index.ts';

export interface BestSoFar {
  /** To be told every event, in their order. */
  hear(event: RunEvent): void;
  /** Whether the evaluation after this step was the best: its state is wanted. */
  isBest(step: number): boolean;
  /** Whether so many evaluations in a row were no better. */
  isOver(): boolean;
  best(): { readonly step: number; readonly value: number } | undefined;
}

/** Of what is better where it is less; of all else, more is. */
const isCost = (metric: string): boolean => /loss|perplexity|error/i.test(metric);

/** `patience`: evaluations without a better one, after which the run is over; undefined: it goes on to its end. */
export function bestSoFar(metric: string, patience: number | undefined): BestSoFar {
  let best: { readonly step: number; readonly value: number } | undefined;
  let worse = 0;
  const sign = isCost(metric) ? 1 : -1;
  return {
    hear(event) {
      const value = event.type === 'evaluated' ? event.metrics[metric] : undefined;
      if (event.type !== 'evaluated' || value === undefined) return;
      if (best && !(sign * value < sign * best.value)) worse++;
      else [best, worse] = [{ step: event.step, value }, 0];
    },
    isBest: (step) => best?.step === step,
    isOver: () => patience !== undefined && worse >= patience,
    best: () => best,
  };
}
