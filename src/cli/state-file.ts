/** The state of a run on disk: read whole or refused, written whole or not at all, and what became of it in words. */

import { type Diagnostic, diagnose, type Outcome } from '../base/diagnostic.ts';
import { visible } from '../base/visible.ts';
import type { Checkpoint, NamedShape, RestoreReport } from '../runtime/index.ts';
import { readCheckpoint, writeCheckpoint } from '../runtime/index.ts';
import { UsageError } from './command.ts';
import { mustBeWritable, readBytes } from './command-files.ts';
import { reasonOf } from './file-error.ts';
import type { Io } from './io.ts';

export const loadState = async (path: string, io: Io): Promise<Outcome<Checkpoint>> =>
  readCheckpoint(await readBytes(path, io), path);

/** A file that takes the state of a run, as often as it is saved. */
export interface StateFile {
  readonly path: string;
  /** Writes it whole or not at all. A run goes on where that fails. */
  save(checkpoint: Checkpoint): Promise<void>;
  /**
   * Hands the state to the process around, which writes it should it have to end the command: a step may take longer
   * than one who presses Ctrl-C waits.
   */
  keep(checkpoint: Checkpoint): void;
  /** The last state was written. */
  saved(): boolean;
  /** A disk that was full, or gone, when the last state was to be written. */
  faults(): readonly Diagnostic[];
}

/** That it can be written is known before the first step. */
export async function openStateFile(path: string, io: Io): Promise<StateFile> {
  if (path === '-') throw new UsageError('--save takes the name of a file');
  await mustBeWritable(path, io);
  let saved = false;
  let fault: Diagnostic | undefined;
  return {
    path,
    async save(checkpoint) {
      try {
        await io.write(path, writeCheckpoint(checkpoint));
        [saved, fault] = [true, undefined];
        io.keep(path, undefined);
      } catch (error) {
        [saved, fault] = [
          false,
          diagnose('state-not-saved', {}, { file: path, detail: reasonOf(error, path, 'write') }),
        ];
      }
    },
    keep: (checkpoint) => io.keep(path, writeCheckpoint(checkpoint)),
    saved: () => saved,
    faults: () => (fault ? [fault] : []),
  };
}

const named = ({ name, shape }: NamedShape) => `${visible(name)} [${shape.join(', ')}]`;

/** What a person wants to know: nothing more than a count where all was taken. */
export function restoredText(step: number, { taken, left, fresh }: RestoreReport): string {
  const reasons = {
    absent: () => 'not in the file',
    shape: (was: readonly number[] = []) => `[${was.join(', ')}] in the file`,
    optimizer: () => 'of another optimizer in the file',
  };
  const lines = [
    `went on from step ${step}: ${taken.length} tensors taken, ${left.length} left, ${fresh.length} new`,
    ...left.map((tensor) => `  left  ${named(tensor)}`),
    ...fresh.map(({ why, was, ...tensor }) => `  new   ${named(tensor)}: ${reasons[why](was)}`),
  ];
  return lines.join('\n');
}
