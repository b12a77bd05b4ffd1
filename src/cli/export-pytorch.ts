/** Writes a graph as a PyTorch script, and what it reads beside it: columns of data, and trained weights. */
import { basename, dirname, join } from 'node:path';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../base/diagnostic.ts';
import { visible } from '../base/visible.ts';
import { analyse, type Compiled, compile } from '../compiler/index.ts';
import type { TensorData } from '../datasets/formats/elements.ts';
import { writeSafetensors } from '../datasets/formats/safetensors.ts';
import { exportPytorch, type PytorchExport } from '../export/pytorch/index.ts';
import { torchTensors } from '../export/pytorch/weights.ts';
import { type LoadedData, loadData } from '../runtime/data.ts';
import { restore } from '../runtime/restore.ts';
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
  const name = basename(script, '.py');
  const beside = (kind: string) => join(dirname(script), `${name}.${kind}.safetensors`);
  const loaded = from === undefined ? undefined : await loadState(from, io);
  if (loaded && !loaded.value) return refused(loaded.diagnostics);
  const made = exportPytorch(document, { name, hasWeights: loaded !== undefined });
  if (!made.value) return refused(made.diagnostics);
  const { groups } = made.value;
  const data = await loadData(
    groups.flatMap(({ specs }) => specs),
    dataBeside(graph, io),
  );
  // Compiled only to know what in a file of state is the graph's.
  const compiled = loaded ? compile(document) : undefined;
  const said = [...made.diagnostics, ...data.diagnostics, ...(compiled?.diagnostics ?? [])];
  if (said.some(isError)) return refused(said);
  const files: string[] = [];
  const write = async (path: string, content: string | Uint8Array) => {
    await writeFile(path, content, io);
    files.push(path);
  };
  await write(script, made.value.script);
  if (groups.length > 0) await write(beside('data'), dataFile(made.value, data.value ?? []));
  if (loaded?.value && compiled?.value)
    await write(beside('weights'), weightsFile(document, compiled.value, made.value, loaded.value));
  return {
    ok: true,
    diagnostics: said,
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

/** The columns that the script takes, and the rows of each split. */
function dataFile({ model, groups }: PytorchExport, data: readonly LoadedData[]): Uint8Array {
  const tensors = new Map<string, TensorData>();
  for (const argument of model.arguments) {
    const own = data.find(({ spec }) => argument.kind === 'data' && spec.node === argument.node);
    if (argument.kind !== 'data' || !own) continue;
    const numbers = own.columns[argument.column] ?? new Float32Array();
    tensors.set(`${argument.node}.${argument.column}`, {
      shape: [own.spec.rows, ...argument.shape],
      data: numbers,
    });
  }
  for (const { name, specs } of groups) {
    const split = data.find(({ spec }) => spec.node === specs[0]?.node)?.split;
    for (const part of ['train', 'test'] as const) {
      const rows = Float64Array.from(split?.[part] ?? []);
      tensors.set(`${name}.${part}`, { shape: [rows.length], data: rows });
    }
  }
  return writeSafetensors({ tensors, metadata: new Map() });
}

function weightsFile(
  document: GraphDocument,
  compiled: Compiled,
  { model }: PytorchExport,
  checkpoint: Parameters<typeof restore>[1],
): Uint8Array {
  const { state } = restore(compiled, checkpoint, checkpoint.seed);
  const tensors = torchTensors(model, analyse(document), compiled.state, state, checkpoint.seed);
  const single = checkpoint.dtype === 'float32';
  const stored = [...tensors].map(([name, { shape, data }]): [string, TensorData] => [
    name,
    { shape, data: single ? Float32Array.from(data) : data },
  ]);
  return writeSafetensors({ tensors: new Map(stored), metadata: new Map() });
}
