/** What is kept of a document's last run beside its trained state, and that read back, with suspicion. */
import { z } from 'zod';
import { createCurves } from './curves.ts';
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

/** A run that is on is kept as one that was stopped where it is. */
export function keepRun({ phase, curves, ...run }: RunState): z.output<typeof keptRunSchema> {
  const { step, steps, seed, engine, parameters, metrics } = run;
  return {
    phase: phase === 'finished' ? phase : 'stopped',
    ...{ step, steps, seed, engine, parameters },
    metrics: { ...metrics },
    curves: curves.all().map(({ name, train, test }) => ({ name, train: copy(train), test: copy(test) })),
  };
}

const copy = ({ steps, values }: { steps: readonly number[]; values: readonly number[] }) => ({
  steps: [...steps],
  values: [...values],
});

/** No run where nothing of it can be read. */
export function readRun(kept: unknown): RunState {
  const { data } = keptRunSchema.safeParse(kept);
  if (!data) return noRun();
  const { curves, ...run } = data;
  return { ...noRun(), ...run, curves: createCurves(curves), drawn: curves.length > 0 ? 1 : 0 };
}
