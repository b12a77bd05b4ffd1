/** Reading the graph or the files that a command works on, and writing what it makes. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Outcome } from '../base/diagnostic.ts';
import { readDocument } from '../compiler/read-document.ts';
import { UsageError } from './command.ts';
import { type Io, readInput, readInputBytes, type Writer } from './io.ts';

/** A file that cannot be opened is wrong usage; one that opens and is no graph gives diagnostics. */
async function orUsageError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export const readText = (path: string, io: Io): Promise<string> => orUsageError(readInput(path, io));

export const readBytes = (path: string, io: Io): Promise<Uint8Array> =>
  orUsageError(readInputBytes(path, io));

export const readGraph = async (path: string, io: Io): Promise<Outcome<GraphDocument>> =>
  readDocument(await readText(path, io));

export const writeText = (path: string, text: string, io: Io): Promise<void> =>
  orUsageError(io.write(path, text));

export const writeBytes = (path: string, bytes: Uint8Array, io: Io): Promise<void> =>
  orUsageError(io.write(path, bytes));

export const openFile = (path: string, io: Io, append = false): Promise<Writer> =>
  orUsageError(io.open(path, append));
