/** The events of a run in a file, one JSON object a line: there when the run has ended, whole or not at all. */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { RunEvent } from '../runtime/index.ts';
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

/** `append`: behind what is there. Rejects with a FileError where nothing can be written. */
export async function openTrace(path: string, append: boolean, io: Io): Promise<TraceFile> {
  if (path === '-') throw new UsageError('--trace takes the name of a file');
  const lines = await openLines(path, append, io);
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
      if (isOpen) await attempt(lines.write(`${jsonLine(traced(event as RunEvent))}\n`));
    },
    async end() {
      if (isOpen) await attempt(lines.commit());
      isOpen = false;
    },
    faults: () => (fault ? [fault] : []),
  };
}
