/** How training goes inside of a model, at one step: norms and histograms of each parameter, of the gradient by it, and its update. */
import { repeatsOf } from '../compiler/repeat/state-names.ts';
import type { StateSpec } from '../compiler/types.ts';
import type { State } from './initialise.ts';

/** How many numbers lie in each of equal parts of `low` … `high`, the ends included; those that are not finite in none. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: Uint32Array;
}

export interface Distribution {
  /** √Σ x². */
  readonly norm: number;
  readonly histogram: Histogram;
}

/** One parameter; a repeat's by itself. */
export interface LayerStatistics {
  /** As files know it: `encoder/3/attention.weight`. */
  readonly name: string;
  readonly weights: Distribution;
  /** Of the loss that trains it; left out where none does. */
  readonly gradient?: Distribution;
  /** √Σ (w′ − w)² of the update that comes next. */
  readonly update: number;
}

export interface LayerPoint {
  /** Updates before it. */
  readonly step: number;
  readonly layers: readonly LayerStatistics[];
}

export const HISTOGRAM_BINS = 32;

type Numbers = ArrayLike<number>;

/** Of the elements `from` … `to` − 1. */
export function distributionOf(numbers: Numbers, from = 0, to = numbers.length): Distribution {
  let [squares, low, high] = [0, Infinity, -Infinity];
  for (let i = from; i < to; i++) {
    const x = numbers[i] as number;
    squares += x * x;
    if (!Number.isFinite(x)) continue;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  const counts = new Uint32Array(HISTOGRAM_BINS);
  const perUnit = high > low ? HISTOGRAM_BINS / (high - low) : 0;
  for (let i = from; i < to; i++) {
    const x = numbers[i] as number;
    if (!Number.isFinite(x)) continue;
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor((x - low) * perUnit));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { norm: Math.sqrt(squares), histogram: { low, high, counts } };
}

function distance(after: Numbers, before: Numbers, from: number, to: number): number {
  let squares = 0;
  for (let i = from; i < to; i++) squares += ((after[i] as number) - (before[i] as number)) ** 2;
  return Math.sqrt(squares);
}

/** `gradients`: by the names of state, where there are some; `after`: the state one update later. */
export function layerStatistics(
  specs: readonly StateSpec[],
  before: State,
  after: State,
  gradients: ReadonlyMap<string, Numbers>,
): readonly LayerStatistics[] {
  return specs.flatMap((spec) => {
    const [was, is] = [before.get(spec.name), after.get(spec.name)];
    if (!spec.trainable || !was || !is) return [];
    const by = gradients.get(spec.name);
    return repeatsOf(spec).map(({ name, from, to }) => ({
      name,
      weights: distributionOf(was, from, to),
      ...(by && { gradient: distributionOf(by, from, to) }),
      update: distance(is, was, from, to),
    }));
  });
}
