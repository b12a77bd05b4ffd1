/** The state of a document under PyTorch's names, as `load_state_dict` takes it. */
import { keyFrom } from '../../base/random.ts';
import type { Analysis } from '../../compiler/index.ts';
import { streamPath } from '../../compiler/repeat/state-names.ts';
import type { StateSpec } from '../../compiler/types.ts';
import { numbersOf } from '../../ir/fill.ts';
import type { WrittenClass } from './class-writer.ts';
import { eachRepeat, type StateTarget, stateTargets } from './state-targets.ts';

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

const count = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);

const rowOf = (numbers: ArrayLike<number>, row: number, size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => numbers[row * size + i] as number);

/** Numbers of a shape with their axes in another order. */
export function permuted({ shape, data }: NamedTensor, axes: readonly number[]): NamedTensor {
  const strides = shape.map((_, d) => count(shape.slice(d + 1)));
  const to = axes.map((d) => shape[d] as number);
  const result = new Float64Array(data.length);
  const at = new Array<number>(to.length).fill(0);
  for (let i = 0; i < result.length; i++) {
    result[i] = data[
      at.reduce((sum, index, k) => sum + index * (strides[axes[k] as number] as number), 0)
    ] as number;
    for (let k = to.length - 1; k >= 0; k--) {
      at[k] = (at[k] as number) + 1;
      if ((at[k] as number) < (to[k] as number)) break;
      at[k] = 0;
    }
  }
  return { shape: to, data: result };
}

function joined(parts: readonly NamedTensor[], axis: number): NamedTensor {
  const [first] = parts as readonly [NamedTensor];
  const shape = first.shape.with(
    axis,
    parts.reduce((n, part) => n + (part.shape[axis] as number), 0),
  );
  const data = new Float64Array(count(shape));
  const outer = count(shape.slice(0, axis));
  let offset = 0;
  for (const part of parts) {
    const inner = count(part.shape.slice(axis));
    for (let o = 0; o < outer; o++)
      data.set(part.data.subarray(o * inner, (o + 1) * inner), o * count(shape.slice(axis)) + offset);
    offset += inner;
  }
  return { shape, data };
}

/**
 * Tensors by PyTorch's names. What state there is may be anything of the shapes of the state's specs, as its gradients.
 * `seed`: of the run, for what is drawn once.
 */
export function torchTensors(
  model: Pick<WrittenClass, 'tensors' | 'drawn'>,
  analysis: Analysis,
  specs: readonly StateSpec[],
  state: ReadonlyMap<string, ArrayLike<number>>,
  seed?: number,
): Map<string, NamedTensor> {
  const found = new Map<string, NamedTensor>();
  for (const target of stateTargets(model.tensors, analysis, specs)) {
    const own = target.parts.flatMap(({ spec, row, shape }): NamedTensor[] => {
      const numbers = state.get(spec.name);
      return numbers ? [{ shape, data: rowOf(numbers, row, count(shape)) }] : [];
    });
    if (own.length === target.parts.length) found.set(target.name, toTorch(own, target));
  }
  if (seed === undefined) return found;
  for (const { name, node, fill, shape } of model.drawn) {
    const iterations = analysis.flat.inside(node)?.iterations ?? [];
    const counts = iterations.map((iteration) => iteration.count);
    const stream = streamPath(node, iterations);
    const numbers = numbersOf({ fill, key: keyFrom(seed, 'tensor', stream) }, [...counts, ...shape]);
    const size = count(shape);
    for (const one of eachRepeat(name, counts))
      found.set(one.name, { shape, data: rowOf(numbers, one.row, size) });
  }
  return found;
}

const toTorch = (own: readonly NamedTensor[], { axes, partShape, joins }: StateTarget): NamedTensor => {
  const shaped = own.map((part) => ({ ...(axes ? permuted(part, axes) : part), shape: partShape }));
  return shaped.length === 1 ? (shaped[0] as NamedTensor) : joined(shaped, joins);
};

/** The way back: the graph's own tensors out of one of PyTorch's, in the order of the target's parts. */
export function fromTorch({ data }: NamedTensor, target: StateTarget): NamedTensor[] {
  const { parts, partShape, joins, axes } = target;
  const outer = count(partShape.slice(0, joins));
  const inner = count(partShape.slice(joins));
  return parts.map(({ shape }, k) => {
    const own = new Float64Array(outer * inner);
    for (let o = 0; o < outer; o++) {
      const from = (o * parts.length + k) * inner;
      own.set(data.subarray(from, from + inner), o * inner);
    }
    if (!axes) return { shape, data: own };
    const back = axes.map((_, d) => axes.indexOf(d));
    return permuted({ shape: axes.map((d) => shape[d] as number), data: own }, back);
  });
}
