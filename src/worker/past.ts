/**
 * What training has gone through, so that the state after any of its steps can be had again. Numbers are functions
 * of seed, place and step: from a state that was kept on the way, the steps that follow are computed once more, bit
 * for bit.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Outcome } from '../base/diagnostic.ts';
import type { Compiled } from '../compiler/types.ts';
import type { EngineName } from '../numeric/engine.ts';
import { type Checkpoint, openModel, type Throttle } from '../runtime/index.ts';
import type { HostServices } from './services.ts';

/** One run, from the state that it began with. */
export interface Stretch {
  readonly document: GraphDocument;
  readonly plans: Outcome<Compiled>;
  readonly engine: EngineName;
  readonly seed: number | undefined;
  /** Undefined: first values. */
  readonly from: Checkpoint | undefined;
}

export interface Past {
  /** A run begins. What was computed beyond the state that it begins with is another future, and is forgotten. */
  begin(stretch: Stretch): void;
  /** Whether the next state is worth keeping. */
  wants(): boolean;
  /** `isBest`: it stays, until another is better. */
  keep(checkpoint: Checkpoint, isBest?: boolean): void;
  /** The run has failed after so many steps, of which there is no state. */
  failed(step: number): void;
  /** Whether there is a run to look back on. */
  isKnown(): boolean;
  /** Steps of which the state is kept, in their order: from that which it all begins with to the last that was taken. */
  known(): readonly number[];
  /** The run that takes the step after so many, and the nearest state that is kept before it; `from` undefined: first values. */
  nearest(step: number): { readonly stretch: Stretch; readonly from: Checkpoint | undefined } | undefined;
  /** The state after so many steps, computed again where it was not kept. Undefined before the first run, and where it was stopped. */
  at(step: number, throttle: Throttle): Promise<Checkpoint | undefined>;
}

/** Limits of what is kept: states, and their bytes. */
const MOST = 64;
const MOST_BYTES = 2 ** 26;
/** Milliseconds of a run between two states that are kept, so that to compute any other takes about as long. */
const BETWEEN = 150;

const stepsOf = (state: Checkpoint | undefined): number => state?.step ?? 0;

const bytesOf = ({ tensors }: Checkpoint): number =>
  [...tensors.values()].reduce((sum, { data }) => sum + data.byteLength, 0);

export function createPast({ now, engine, data }: Pick<HostServices, 'now' | 'engine' | 'data'>): Past {
  let stretches: readonly Stretch[] = [];
  /** In the order of their steps, those that stretches begin with aside. */
  let kept: readonly Checkpoint[] = [];
  let between = BETWEEN;
  let keptAt = 0;
  /** Steps before the one that has failed. */
  let failedAt: number | undefined;
  let bestAt: number | undefined;

  /** Every second one goes, the newest and the best aside; from then on they are kept half as often. */
  function thin(): void {
    kept = kept.filter((state, i) => i % 2 === 0 || i === kept.length - 1 || state.step === bestAt);
    between *= 2;
  }

  function nearest(step: number): ReturnType<Past['nearest']> {
    const stretch = stretches.findLast(({ from }) => stepsOf(from) <= step);
    const near = kept.findLast((state) => state.step <= step && state.step > stepsOf(stretch?.from));
    return stretch && { stretch, from: near ?? stretch.from };
  }

  return {
    begin(stretch) {
      const step = stepsOf(stretch.from);
      const goesOn = stretch.from !== undefined;
      stretches = goesOn ? stretches.filter(({ from }) => stepsOf(from) < step) : [];
      kept = goesOn ? kept.filter((state) => state.step <= step) : [];
      if (!goesOn) between = BETWEEN;
      stretches = [...stretches, stretch];
      failedAt = undefined;
      keptAt = now();
    },
    wants: () => now() - keptAt >= between,
    keep(checkpoint, isBest = false) {
      if (isBest) bestAt = checkpoint.step;
      kept = [...kept.filter(({ step }) => step < checkpoint.step), checkpoint];
      while (kept.length > MOST || (kept.length > 3 && sum(kept) > MOST_BYTES)) thin();
      keptAt = now();
    },
    failed(step) {
      failedAt = step;
    },
    isKnown: () => stretches.length > 0,
    known() {
      const steps = [...stretches.map(({ from }) => stepsOf(from)), ...kept.map(({ step }) => step)];
      if (failedAt !== undefined) steps.push(failedAt);
      return [...new Set(steps)].sort((a, b) => a - b);
    },
    nearest,
    async at(step, throttle) {
      const near = nearest(step);
      if (!near) return undefined;
      const { stretch, from } = near;
      if (from?.step === step) return from;
      const { document, plans, seed } = stretch;
      const options = { engine: await engine(stretch.engine), seed, from, plans, data };
      const model = await openModel(document, options);
      if (step === 0) return model.state();
      for await (const event of model.run({ steps: step, ...throttle }))
        if (event.type === 'finished' && !event.stopped) return event.checkpoint;
      return undefined;
    },
  };
}

const sum = (states: readonly Checkpoint[]): number =>
  states.reduce((bytes, state) => bytes + bytesOf(state), 0);
