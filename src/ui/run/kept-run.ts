/** What is kept of a document's runs beside its trained state, and that read back, with suspicion. */
import { z } from 'zod';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { parseGraph, serialize } from '../../../graph-schema/parse.ts';
import { createCurves } from './curves.ts';
import { curvesUpTo, type PastRun } from './past-runs.ts';
import { noRun, type RunState } from './run-state.ts';

const series = z.object({
  steps: z.array(z.number()),
  values: z.array(z.number()),
  group: z.int().min(1).optional(),
});

const commonSchema = z.object({
  step: z.int(),
  seed: z.int(),
  engine: z.string(),
  parameters: z.int(),
  metrics: z.record(z.string(), z.number()),
  curves: z.array(z.object({ name: z.string(), train: series, test: series })),
  number: z.int().default(1),
  begun: z.int().default(0),
  fork: z.object({ of: z.int(), step: z.int() }).optional(),
  whole: z.boolean().default(false),
  tried: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).optional(),
  best: z.object({ step: z.int(), value: z.number() }).optional(),
  isEarly: z.boolean().default(false),
});

const stateSchema = z.object({
  bytes: z.instanceof(Uint8Array),
  step: z.int(),
  seed: z.int(),
  metrics: z.record(z.string(), z.number()),
});

const pastRunSchema = commonSchema.extend({
  document: z.string(),
  state: stateSchema.optional(),
  pinned: z.boolean(),
});

const keptRunSchema = commonSchema.extend({
  phase: z.enum(['finished', 'stopped']),
  steps: z.int(),
  document: z.string().optional(),
  past: z.array(z.unknown()).default([]),
});

/** A document never changes in place: its text is made once. */
const texts = new WeakMap<GraphDocument, string>();

function textOf(document: GraphDocument): string {
  const text = texts.get(document) ?? serialize(document);
  texts.set(document, text);
  return text;
}

/** A run that is on is kept as one that was stopped after `step` steps, of which there is the state. */
export function keepRuns(
  { phase, curves, ...run }: RunState,
  step: number,
  past: readonly PastRun[],
): z.input<typeof keptRunSchema> {
  const { steps, seed, engine, parameters, metrics, number, begun, fork, whole, tried, document } = run;
  const { best, isEarly } = run;
  // Who has gone back in a run that is over may go forth again.
  const last = phase === 'finished' || phase === 'stopped' ? run.step : (run.made?.step ?? step);
  return {
    phase: phase === 'finished' ? phase : 'stopped',
    ...{ step: last, steps, seed, engine, parameters, number, begun, fork, whole, tried, best, isEarly },
    metrics: { ...metrics },
    curves: curvesUpTo(last, curves.all()),
    document: document && textOf(document),
    past: past.map(({ document, ...one }) => ({ ...one, document: textOf(document) })),
  };
}

/** What can be read of it. */
export function readRuns(kept: unknown): { readonly run: RunState; readonly pastRuns: readonly PastRun[] } {
  const { data } = keptRunSchema.safeParse(kept);
  if (!data) return { run: noRun(), pastRuns: [] };
  const { curves, past, document, fork, tried, best, ...run } = data;
  // What a worker had kept of it is gone: steps are had again from first values only.
  const begun = run.whole ? run.begun : run.step;
  const drawn = curves.length > 0 ? 1 : 0;
  return {
    run: {
      ...noRun(),
      ...run,
      begun,
      fork,
      tried,
      best,
      document: document === undefined ? undefined : parseGraph(document).value,
      curves: createCurves(curves),
      drawn,
    },
    pastRuns: past.flatMap(readPast),
  };
}

function readPast(kept: unknown): readonly PastRun[] {
  const { data } = pastRunSchema.safeParse(kept);
  const document = data && parseGraph(data.document).value;
  if (!document) return [];
  const { fork, tried, best, state, ...rest } = data;
  return [{ ...rest, fork, tried, best, state: state as PastRun['state'], document }];
}
