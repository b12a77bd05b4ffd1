/** Where a run stands, told from its events: what the command line prints live and at the end. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { CheckVerdict, RestoreReport, RunEvent, TensorValue } from '../runtime/index.ts';

export interface Summary {
  /** Steps that the run was to take, and has taken. */
  readonly total: number;
  readonly steps: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, TensorValue>>;
  readonly checks: readonly CheckVerdict[];
  readonly diagnostics: readonly Diagnostic[];
  readonly stopped: boolean;
  readonly failed: boolean;
  /** What became of the state that the run went on from. */
  readonly restored?: RestoreReport;
}

export const nothingYet: Summary = {
  total: 0,
  steps: 0,
  metrics: {},
  values: {},
  checks: [],
  diagnostics: [],
  stopped: false,
  failed: false,
};

export function after(summary: Summary, event: RunEvent): Summary {
  switch (event.type) {
    case 'started':
      return { ...summary, total: event.steps };
    case 'restored':
      return { ...summary, restored: event.report, diagnostics: event.diagnostics };
    case 'checkpoint':
      return summary;
    case 'progress': {
      const columns = Object.entries(event.metrics);
      const latest = columns.map(([name, column]) => [name, column.at(-1) as number] as const);
      return {
        ...summary,
        steps: event.from + (columns[0]?.[1].length ?? 0),
        metrics: { ...summary.metrics, ...Object.fromEntries(latest) },
      };
    }
    case 'evaluated':
      return { ...summary, metrics: { ...summary.metrics, ...event.metrics } };
    case 'values':
      return { ...summary, values: event.values };
    case 'checked':
      return {
        ...summary,
        checks: event.checks,
        diagnostics: [...summary.diagnostics, ...event.diagnostics],
      };
    case 'failed':
      return {
        ...summary,
        steps: event.step,
        diagnostics: [...summary.diagnostics, ...event.diagnostics],
        failed: true,
      };
    case 'finished':
      return { ...summary, steps: event.step, metrics: event.metrics, stopped: event.stopped };
  }
}
