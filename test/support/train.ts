/** Trains a document on the reference engine, for tests that ask what comes out. */
import { readFileSync } from 'node:fs';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../../src/base/diagnostic.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { readDocument } from '../../src/compiler/read-document.ts';
import { engines } from '../../src/numeric/index.ts';
import type { RunEvent, RunOptions } from '../../src/runtime/events.ts';
import { run } from '../../src/runtime/run.ts';

/** A graph kept beside the tests of faults, by its name without the ending. */
export function faultGraph(name: string): GraphDocument {
  const file = new URL(`../faults/graphs/${name}.graph.json`, import.meta.url);
  const { value, diagnostics } = readDocument(readFileSync(file, 'utf8'));
  if (!value) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
  return value;
}

/** Codes of the errors that the check finds. */
export const errorsOf = (document: GraphDocument): string[] =>
  check(document)
    .diagnostics.filter(isError)
    .map(({ code }) => code);

/** The last metrics of a run, those of its evaluations included. */
export async function metricsOf(
  document: GraphDocument,
  options: RunOptions = {},
): Promise<Readonly<Record<string, number>>> {
  const events = await eventsOf(document, options);
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error(JSON.stringify(last));
  return last.metrics;
}

export async function eventsOf(document: GraphDocument, options: RunOptions = {}): Promise<RunEvent[]> {
  const { value, diagnostics } = compile(document, { dtype: 'float64' });
  if (!value) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
  const events: RunEvent[] = [];
  for await (const event of run(value, await engines.reference(), options)) events.push(event);
  return events;
}
