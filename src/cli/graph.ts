/** Reading the graph that a verb works on. */
import type { Outcome } from '../base/diagnostic.ts';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { type Io, readInput } from './io.ts';
import { UsageError } from './verb.ts';

/** A file that cannot be opened is wrong usage; one that opens and is no graph gives diagnostics. */
export async function readText(path: string, io: Io): Promise<string> {
  try {
    return await readInput(path, io);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export const readGraph = async (path: string, io: Io): Promise<Outcome<GraphDocument>> =>
  parseGraph(await readText(path, io));
