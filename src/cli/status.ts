/** Exit statuses, and how a command that gives no result says why. */
import { visibleLines } from '../base/visible.ts';
import { jsonLine } from './format.ts';

export const status = {
  fine: 0,
  /** The graph or the data is at fault. */
  faulty: 1,
  /** Wrong usage, or a file or stream that cannot be read or written. */
  unusable: 2,
  /** The program itself has failed: a bug, or no memory. */
  failed: 3,
} as const;

export type Status = (typeof status)[keyof typeof status];

/** What `--json` prints instead of a result, in one line. */
export const problemLine = (problem: string): string =>
  `${jsonLine({ ok: false, error: problem, diagnostics: [] })}\n`;

/** A bug in one line; it begins with `internal:`. */
export function internalProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith('internal:') ? message : `internal: ${message}`;
}

/** What to do about it, and where it arose. */
export const bugReport = (error: unknown): string =>
  `This is a bug of Tensorloom. Please report it, with the graph if you may.\n${visibleLines(
    error instanceof Error ? (error.stack ?? '') : '',
  )}\n`;
