/** The files of a PyTorch export: the script, and what it reads beside it, columns of data and trained weights. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { isError, type Outcome } from '../../base/diagnostic.ts';
import { analyse, type Compiled, compile } from '../../compiler/index.ts';
import type { TensorData } from '../../datasets/formats/elements.ts';
import { writeSafetensors } from '../../datasets/formats/safetensors.ts';
import type { DataSource } from '../../datasets/index.ts';
import { evaluatedState } from '../../runtime/averages.ts';
import { type LoadedData, loadData } from '../../runtime/data.ts';
import { type Checkpoint, restore } from '../../runtime/index.ts';
import { exportPytorch, type PytorchExport } from './index.ts';
import { torchTensors } from './weights.ts';

export interface PytorchFilesOptions {
  /** Of the script without its ending; the others are called after it. */
  readonly name: string;
  /** Without, the script begins with first values. */
  readonly state?: Checkpoint | undefined;
  /** Where the numbers of data sets come from. */
  readonly data?: DataSource | undefined;
}

/** By name, the script first. Codes: those of the check, of data, and export-unsupported. */
export async function pytorchFiles(
  document: GraphDocument,
  { name, state, data: source }: PytorchFilesOptions,
): Promise<Outcome<ReadonlyMap<string, string | Uint8Array<ArrayBuffer>>>> {
  const made = exportPytorch(document, { name, hasWeights: state !== undefined });
  if (!made.value) return { diagnostics: made.diagnostics };
  const { groups, script } = made.value;
  const data = await loadData(
    groups.flatMap(({ specs }) => specs),
    source,
  );
  // Compiled only to know what in a file of state is the graph's.
  const compiled = state ? compile(document) : undefined;
  const diagnostics = [...made.diagnostics, ...data.diagnostics, ...(compiled?.diagnostics ?? [])];
  if (diagnostics.some(isError)) return { diagnostics };
  const files = new Map<string, string | Uint8Array<ArrayBuffer>>([[`${name}.py`, script]]);
  if (groups.length > 0) files.set(`${name}.data.safetensors`, dataFile(made.value, data.value ?? []));
  if (state && compiled?.value)
    files.set(`${name}.weights.safetensors`, weightsFile(document, compiled.value, made.value, state));
  return { value: files, diagnostics };
}

/** The columns that the script takes, and the rows of each split. */
function dataFile({ model, groups }: PytorchExport, data: readonly LoadedData[]): Uint8Array<ArrayBuffer> {
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

/** What the graph is evaluated with: averages of weights, where an optimizer keeps them. */
function weightsFile(
  document: GraphDocument,
  compiled: Compiled,
  { model }: PytorchExport,
  checkpoint: Checkpoint,
): Uint8Array<ArrayBuffer> {
  const { state } = restore(compiled, checkpoint, checkpoint.seed);
  const used = evaluatedState(state, compiled.state);
  const tensors = torchTensors(model, analyse(document), compiled.state, used, checkpoint.seed);
  const single = checkpoint.dtype === 'float32';
  const stored = [...tensors].map(([name, { shape, data }]): [string, TensorData] => [
    name,
    { shape, data: single ? Float32Array.from(data) : data },
  ]);
  return writeSafetensors({ tensors: new Map(stored), metadata: new Map() });
}
