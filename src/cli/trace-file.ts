/** The events of a run in a file, one JSON object a line, or its metrics as CSV: there when the run has ended, whole or not at all. */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { metricsHead, metricsRow } from '../base/metrics-csv.ts';
import type { RunEvent, TensorValue } from '../runtime/index.ts';
import { type ToldEvent, traced } from '../runtime/index.ts';
import { UsageError } from './command.ts';
import { openLines } from './command-files.ts';
import { reasonOf } from './file-error.ts';
import { jsonLine } from './format.ts';
import type { Io } from './io.ts';

export interface TraceFile {
  /** A run goes on where that fails; nothing more is written then. */
  write(event: RunEvent | ToldEvent): Promise<void>;
  /** Gives the file its name. Calling it again does nothing. */
  end(): Promise<void>;
  /** A disk that became full. */
  faults(): readonly Diagnostic[];
}

/** √Σ x², from the statistics of all elements. */
const normOf = ({ count, mean, deviation }: TensorValue): number =>
  Math.sqrt(count * (mean ** 2 + deviation ** 2));

/**
 * The metrics of an event as rows of step, metric and value: of training steps the step in which they were measured,
 * counted from 0, as `progress` has it; of evaluations the number of steps before.
 */
function csvOf(event: ToldEvent): string {
  switch (event.type) {
    case 'started':
      return event.from === 0 ? metricsHead : '';
    case 'progress': {
      const columns = Object.entries(event.metrics);
      const steps = columns[0]?.[1].length ?? 0;
      return Array.from({ length: steps }, (_, i) =>
        columns.map(([name, column]) => metricsRow(event.from + i, name, column[i] as number)).join(''),
      ).join('');
    }
    case 'evaluated':
      return Object.entries(event.metrics)
        .map(([name, value]) => metricsRow(event.step, name, value))
        .join('');
    case 'values':
      return Object.entries(event.tensors)
        .map(
          ([name, { value, gradient }]) =>
            metricsRow(event.step, `norm of ${name}`, normOf(value)) +
            (gradient ? metricsRow(event.step, `norm of the gradient by ${name}`, normOf(gradient)) : ''),
        )
        .join('');
    default:
      return '';
  }
}

/** `append`: behind what is there. Rejects with a FileError where nothing can be written. */
export async function openTrace(path: string, append: boolean, io: Io): Promise<TraceFile> {
  if (path === '-') throw new UsageError('--trace takes the name of a file');
  const lines = await openLines(path, append, io);
  const isCsv = path.endsWith('.csv');
  let isOpen = true;
  let fault: Diagnostic | undefined;
  const attempt = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      isOpen = false;
      fault = diagnose('trace-not-written', {}, { file: path, detail: reasonOf(error, path, 'write') });
      await lines.discard();
    }
  };
  return {
    async write(event) {
      const told = traced(event as RunEvent);
      const text = isCsv ? csvOf(told) : `${jsonLine(told)}\n`;
      if (isOpen && text !== '') await attempt(lines.write(text));
    },
    async end() {
      if (isOpen) await attempt(lines.commit());
      isOpen = false;
    },
    faults: () => (fault ? [fault] : []),
  };
}
