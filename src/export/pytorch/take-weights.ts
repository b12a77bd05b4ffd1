/** Weights that another program has trained, put into the state of a graph. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { isError, type Outcome } from '../../base/diagnostic.ts';
import { analyse, trains } from '../../compiler/index.ts';
import { lower } from '../../compiler/lower.ts';
import { repeatsOf, shapeOfRepeat } from '../../compiler/repeat/state-names.ts';
import type { StateSpec } from '../../compiler/types.ts';
import type { TensorData } from '../../datasets/formats/elements.ts';
import type { Dtype } from '../../ir/plan.ts';
import { type Checkpoint, roleOf, type SavedTensor } from '../../runtime/index.ts';
import { exportPytorch } from './index.ts';
import type { TakenWeight } from './match-weights.ts';
import { type StateTarget, stateTargets, type TargetPart } from './state-targets.ts';
import { fromTorch, type NamedTensor } from './weights.ts';

/**
 * What a graph takes weights for: the tensors of its export's `state_dict`; where it cannot be exported, its own
 * under its own names. Nothing is allocated: a network may have any size. Codes: those of the check.
 */
export function weightTargets(document: GraphDocument): Outcome<readonly StateTarget[]> {
  const analysis = analyse(document);
  if (analysis.diagnostics.some(isError)) return { diagnostics: analysis.diagnostics };
  const specs = lower(analysis, trains(analysis) ? 'train' : 'forward').state.filter(
    ({ optimizer }) => optimizer === undefined,
  );
  const made = exportPytorch(document, { name: 'model', hasWeights: false });
  const found = made.value ? stateTargets(made.value.model.tensors, analysis, specs) : [];
  const known = new Set(found.flatMap(({ parts }) => parts.map(({ name }) => name)));
  return { value: [...found, ...ownTargets(specs).filter(({ name }) => !known.has(name))], diagnostics: [] };
}

const ownTargets = (specs: readonly StateSpec[]): StateTarget[] =>
  specs
    .filter(({ trainable }) => trainable)
    .flatMap((spec) => {
      const shape = shapeOfRepeat(spec);
      return repeatsOf(spec).map(({ name }, row): StateTarget => {
        const parts = [{ spec, row, name, shape }];
        return { name, shape, parts, joins: 0, axes: undefined, partShape: shape };
      });
    });

const count = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);

function transposed({ shape, data }: NamedTensor): NamedTensor {
  const [rows = 1, columns = 1] = shape;
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j] as number;
  return { shape: [columns, rows], data: turned };
}

/** Tensors of a checkpoint, in its names, shapes and precision, out of the file's. */
export function takeWeights(
  targets: readonly StateTarget[],
  taken: readonly TakenWeight[],
  file: ReadonlyMap<string, TensorData>,
  dtype: Dtype,
): Checkpoint['tensors'] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const Numbers = dtype === 'float32' ? Float32Array : Float64Array;
  const found = new Map<string, SavedTensor>();
  for (const weight of taken) {
    const target = byName.get(weight.name);
    if (!target) continue;
    const data = numbersOf(weight, file);
    for (const [i, own] of fromTorch({ shape: target.shape, data }, target).entries()) {
      const { name, spec, shape } = target.parts[i] as TargetPart;
      found.set(name, { shape, data: Numbers.from(own.data), role: roleOf(spec) });
    }
  }
  return found;
}

/** What a source gives, row by row. */
function numbersOf(
  { from, transpose, rows }: TakenWeight,
  file: ReadonlyMap<string, TensorData>,
): Float64Array {
  const pieces = from.map((one) => {
    const { shape, data } = file.get(one) as TensorData;
    const piece = { shape, data: Float64Array.from(data) };
    return transpose ? transposed(piece) : piece;
  });
  const all = new Float64Array(pieces.reduce((n, { data }) => n + data.length, 0));
  let at = 0;
  for (const { data } of pieces) {
    all.set(data, at);
    at += data.length;
  }
  const row = count(pieces[0]?.shape.slice(1) ?? []);
  return rows ? all.subarray(rows[0] * row, rows[1] * row) : all;
}
