/** What a run has measured, as the files that the command line writes with `--trace`. Fetched when somebody asks. */
import { metricsHead, metricsRow } from '../../base/metrics-csv.ts';
import type { ToldEvent } from '../../worker/protocol.ts';
import type { ExactCurve } from './curves.ts';
import type { RunState } from './run-state.ts';

type Traced = Pick<
  RunState,
  'begun' | 'step' | 'steps' | 'seed' | 'engine' | 'parameters' | 'metrics' | 'phase'
>;

/** The held-back side of a metric: `testLoss` of `loss`. */
const testName = (name: string): string => `test${name.charAt(0).toUpperCase()}${name.slice(1)}`;

interface Row {
  readonly step: number;
  readonly metric: string;
  readonly value: number;
}

function evaluationRows(curves: readonly ExactCurve[]): Row[] {
  return curves.flatMap(({ name, test }) =>
    test.steps.map((step, i) => ({ step, metric: testName(name), value: test.values[i] as number })),
  );
}

/** In the order of steps; at one step an evaluation stands before the training step that comes next. */
export function traceCsv(curves: readonly ExactCurve[]): string {
  const trained = curves.flatMap(({ name, train }) =>
    train.steps.map((step, i): Row => ({ step, metric: name, value: train.values[i] as number })),
  );
  // Sorting is stable: metrics stay in their order.
  const rows = [...evaluationRows(curves), ...trained].sort((a, b) => a.step - b.step);
  return metricsHead + rows.map(({ step, metric, value }) => metricsRow(step, metric, value)).join('');
}

/** One event a line (runtime/events.ts): all training steps up to an evaluation are one. */
export function traceJsonl(run: Traced, curves: readonly ExactCurve[]): string {
  const { begun: from, step, steps, seed, engine, parameters, metrics, phase } = run;
  const lines: object[] = [{ type: 'started', engine, seed, from, steps, parameters }];
  const evaluations = evaluationRows(curves);
  const stops = [...new Set(evaluations.map((row) => row.step))].sort((a, b) => a - b);
  let done = Number.NEGATIVE_INFINITY;
  const progress = (to: number) => {
    const parts = curves.flatMap(({ name, train }) => {
      const [first, end] = [done, to].map((at) => train.steps.filter((s) => s < at).length) as [
        number,
        number,
      ];
      return end > first
        ? [{ name, from: train.steps[first] as number, values: train.values.slice(first, end) }]
        : [];
    });
    if (parts[0])
      lines.push({
        type: 'progress',
        from: parts[0].from,
        metrics: Object.fromEntries(parts.map(({ name, values }) => [name, values])),
      } satisfies ToldEvent);
    done = to;
  };
  for (const at of stops) {
    progress(at);
    const own = evaluations.filter((row) => row.step === at);
    const told = Object.fromEntries(own.map(({ metric, value }) => [metric, value]));
    lines.push({ type: 'evaluated', step: at, metrics: told } satisfies ToldEvent);
  }
  progress(Infinity);
  if (phase === 'finished' || phase === 'stopped')
    lines.push({
      type: 'finished',
      step,
      metrics: { ...metrics },
      stopped: phase === 'stopped',
    } satisfies ToldEvent);
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
