/** Writes a graph as a PyTorch script, and what it reads beside it: columns of data, and trained weights. */
import { basename, dirname, join } from 'node:path';
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { visible } from '../base/visible.ts';
import { pytorchFiles } from '../export/pytorch/pytorch-files.ts';
import { type Call, type CommandResult, textOption, UsageError } from './command.ts';
import { writeFile } from './command-files.ts';
import { dataBeside } from './data-beside.ts';
import type { Io } from './io.ts';
import { loadState } from './state-file.ts';

/** Where the script goes: `-o model.py`, or `-o folder` for folder/<graph>.py; without, beside the graph. Throws a UsageError. */
export function scriptPath(graph: string, output: string | undefined): string {
  if (output === '-' || (graph === '-' && output === undefined))
    throw new UsageError('a PyTorch script goes into a file: -o model.py, or a folder');
  const name = `${basename(graph).replace(/(\.graph)?\.json$/, '')}.py`;
  if (output === undefined) return join(dirname(graph), name);
  return output.endsWith('.py') ? output : join(output, name);
}

export async function writePytorch(
  document: GraphDocument,
  graph: string,
  call: Call,
  io: Io,
): Promise<CommandResult> {
  const output = textOption(call, 'output');
  const from = textOption(call, 'from');
  const script = scriptPath(graph, output);
  const loaded = from === undefined ? undefined : await loadState(from, io);
  if (loaded && !loaded.value) return refused(loaded.diagnostics);
  const made = await pytorchFiles(document, {
    name: basename(script, '.py'),
    state: loaded?.value,
    data: dataBeside(graph, io),
  });
  if (!made.value) return refused(made.diagnostics);
  const files: string[] = [];
  for (const [name, content] of made.value) {
    const path = join(dirname(script), name);
    await writeFile(path, content, io);
    files.push(path);
  }
  return {
    ok: true,
    diagnostics: made.diagnostics,
    json: { to: 'pytorch', files },
    text: files.map((path) => `Wrote ${visible(path)}.`).join('\n'),
  };
}

const refused = (diagnostics: readonly Diagnostic[]): CommandResult => ({
  ok: false,
  diagnostics,
  json: {},
  text: '',
});
