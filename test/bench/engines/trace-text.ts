/** A trace as a table: every step of the plan, and beside their sum the time of a whole step. */
import { columns } from './table.ts';
import type { Trace } from './trace.ts';

/** Characters that are shown of what a step computes. */
const LONGEST = 100;

export function traceText({ steps, wholeMicroseconds }: Trace): string {
  const sum = steps.reduce((total, s) => total + s.microseconds, 0);
  const rows = steps.map(({ index, kind, source, what, microseconds, gigaflops }) => [
    `${index} ${source}`,
    kind,
    microseconds.toFixed(1),
    `${((100 * microseconds) / sum).toFixed(1)} %`,
    gigaflops?.toFixed(1) ?? '',
    what.length > LONGEST ? `${what.slice(0, LONGEST - 1)}…` : what,
  ]);
  const table = columns([['step', 'kind', 'µs', 'share', 'GFLOP/s', 'what'], ...rows], true);
  return `${table}\nsum of the steps alone ${sum.toFixed(1)} µs; a whole step ${wholeMicroseconds.toFixed(1)} µs`;
}
