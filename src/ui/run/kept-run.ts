/** What is kept of a document's last run beside its trained state, and that read back, with suspicion. */
import { z } from 'zod';
import { createCurves, type Series } from './curves.ts';
import { noRun, type RunState } from './run-state.ts';

const series = z.object({ steps: z.array(z.number()), values: z.array(z.number()) });

const keptRunSchema = z.object({
  phase: z.enum(['finished', 'stopped']),
  step: z.int(),
  steps: z.int(),
  seed: z.int(),
  engine: z.string(),
  parameters: z.int(),
  metrics: z.record(z.string(), z.number()),
  curves: z.array(z.object({ name: z.string(), train: series, test: series })),
});

/** A run that is on is kept as one that was stopped after `step` steps, of which there is the state. */
export function keepRun({ phase, curves, ...run }: RunState, step: number): z.output<typeof keptRunSchema> {
  const { steps, seed, engine, parameters, metrics } = run;
  return {
    phase: phase === 'finished' ? phase : 'stopped',
    ...{ step, steps, seed, engine, parameters },
    metrics: { ...metrics },
    // The loss of step n is that after n updates; what goes on from here adds those from `step` on.
    curves: curves.all().map(({ name, train, test }) => ({
      name,
      train: upTo(step - 1, train),
      test: upTo(step, test),
    })),
  };
}

function upTo(last: number, { steps, values }: Series): { steps: number[]; values: number[] } {
  const count = steps.filter((step) => step <= last).length;
  return { steps: steps.slice(0, count), values: values.slice(0, count) };
}

/** No run where nothing of it can be read. */
export function readRun(kept: unknown): RunState {
  const { data } = keptRunSchema.safeParse(kept);
  if (!data) return noRun();
  const { curves, ...run } = data;
  return { ...noRun(), ...run, curves: createCurves(curves), drawn: curves.length > 0 ? 1 : 0 };
}
