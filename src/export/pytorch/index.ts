/**
 * The PyTorch export: from a document that passes the check to one script that runs by itself, assembled from the
 * `torch` of its node types.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, isError, type Outcome } from '../../base/diagnostic.ts';
import type { PathText } from '../../base/path.ts';
import { readPath } from '../../base/path.ts';
import { nameOf } from '../../compiler/check/resolve.ts';
import { type Analysis, analyse, runDefaults, trains } from '../../compiler/index.ts';
import { lower } from '../../compiler/lower.ts';
import { withFollowed } from '../../compiler/readings.ts';
import { streamPath } from '../../compiler/repeat/state-names.ts';
import type { DataSpec } from '../../compiler/types.ts';
import { ClassStructure } from './class-structure.ts';
import { ClassWriter, type WrittenClass } from './class-writer.ts';
import { identifier } from './identifiers.ts';
import { KnownNumbers } from './known-numbers.ts';
import { PythonTypes, variableOf } from './python-types.ts';
import { type RowGroup, writeScript } from './script.ts';
import { ScriptParts } from './script-parts.ts';

export interface PytorchExport {
  readonly script: string;
  /** The class of the document, and what is known of it. */
  readonly model: WrittenClass;
  readonly groups: readonly RowGroup[];
}

export interface PytorchOptions {
  /** What files beside the script are called: `name.data.safetensors`. */
  readonly name: string;
  readonly hasWeights: boolean;
}

/** Codes: those of the check, and export-unsupported. */
export function exportPytorch(document: GraphDocument, options: PytorchOptions): Outcome<PytorchExport> {
  const analysis = withFollowed(analyse(document));
  const diagnostics: Diagnostic[] = [...analysis.diagnostics];
  if (diagnostics.some(isError)) return { diagnostics };
  const structure = new ClassStructure(analysis);
  const types = new PythonTypes(analysis);
  for (const path of analysis.order) {
    const { by } = analysis.node(path)?.definition.differentiates ?? {};
    const key = by === undefined ? undefined : variableOf(analysis, path, by, (at) => structure.given(at));
    if (key !== undefined) types.markVariable(key);
  }
  const parts = new ScriptParts(new KnownNumbers(analysis), valueNames(analysis), drawnShapes(analysis));
  const level = structure.level(undefined);
  if (!level) return { diagnostics };
  const model = new ClassWriter(parts, structure, types, level).write();
  for (const { node, why } of parts.problems)
    diagnostics.push(diagnose('export-unsupported', { node }, { name: nameOf(document, node), why }));
  if (diagnostics.some(isError)) return { diagnostics };
  const groups = rowGroups(
    dataOf(analysis).filter(({ node }) => model.arguments.some((a) => a.kind === 'data' && a.node === node)),
  );
  const { steps, seed, evaluateEvery, dtype } = { ...runDefaults, dtype: 'float32', ...document.run };
  const script = writeScript({
    ...{ model, groups, parts, steps, seed, evaluateEvery, dtype },
    title: document.name || 'A graph',
    description: document.description ?? '',
    dataFile: `${options.name}.data.safetensors`,
    weightsFile: options.hasWeights ? `${options.name}.weights.safetensors` : undefined,
  });
  return { value: { script, model, groups }, diagnostics };
}

/** The data sets of the document. Lowered only: a network of any size can be exported. */
const dataOf = (analysis: Analysis): readonly DataSpec[] =>
  analysis.order.some((path) => analysis.node(path)?.definition.dataset)
    ? lower(analysis, trains(analysis) ? 'train' : 'forward').data
    : [];

/** Names that values may have: those of nodes, and of the ports of blocks. */
const valueNames = ({ flat }: Analysis): string[] =>
  [
    ...Object.entries(flat.records.nodes),
    ...[...flat.uses].map(({ path, node }) => [path, node] as const),
  ].map(([path, { label }]) => identifier(label ?? readPath(path).at(-1) ?? path));
/** What nodes draw once for a run, as they are lowered: found when the first is asked for. */
function drawnShapes(analysis: Analysis): (node: PathText) => readonly number[] {
  let known: ReadonlyMap<string, readonly number[]> | undefined;
  return (node) => {
    known ??= new Map(lower(analysis, 'checks').drawn.map(({ stream, shape }) => [stream, shape]));
    const iterations = analysis.flat.inside(node)?.iterations ?? [];
    return known.get(streamPath(node, iterations))?.slice(iterations.length) ?? [];
  };
}

/** Data nodes of one number of rows, one split and one way of drawing take the same rows. */
function rowGroups(specs: readonly DataSpec[]): RowGroup[] {
  const groups = new Map<string, DataSpec[]>();
  for (const spec of specs) {
    const { rows, group, batch, replacement, testFraction, splitSeed } = spec;
    const key = JSON.stringify([rows, group, batch, replacement, testFraction, splitSeed]);
    groups.set(key, [...(groups.get(key) ?? []), spec]);
  }
  return [...groups.values()].map((own) => ({ name: identifier(own[0]?.node ?? 'data'), specs: own }));
}
