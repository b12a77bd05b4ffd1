/** The state of a document under PyTorch's names, as `load_state_dict` takes it. */
import { keyFrom } from '../../base/random.ts';
import type { Analysis } from '../../compiler/index.ts';
import { namesOfState, streamPath } from '../../compiler/repeat/state-names.ts';
import type { StateSpec } from '../../compiler/types.ts';
import { numbersOf } from '../../ir/fill.ts';
import type { WrittenClass } from './class-writer.ts';
import type { TorchTensor } from './script-parts.ts';

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

/** Every index of the repeats that a stack has a row for, and the name with these in place of its stars. */
function eachRepeat(
  name: string,
  counts: readonly number[],
): { readonly name: string; readonly row: number }[] {
  let found = [{ name, row: 0 }];
  for (const n of counts)
    found = found.flatMap((one) =>
      Array.from({ length: n }, (_, i) => ({ name: one.name.replace('*', String(i)), row: one.row * n + i })),
    );
  return found;
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
  const iterationsOf = (path: string) => analysis.flat.inside(path)?.iterations ?? [];
  for (const tensor of model.tensors) {
    const parts = tensor.of.flatMap((name) => {
      const named = namesOfState(tensor.node, name, iterationsOf(tensor.node)).name;
      const spec = specs.find((one) => one.name === named);
      const numbers = state.get(named);
      return spec && numbers ? [{ spec, numbers }] : [];
    });
    if (parts.length !== tensor.of.length) continue;
    const counts = parts[0]?.spec.repeats?.counts ?? [];
    for (const { name, row } of eachRepeat(tensor.name, counts)) {
      const own = parts.map(({ spec, numbers }) => {
        const shape = spec.shape.slice(counts.length);
        const size = count(shape);
        return { shape, data: rowOf(numbers, row, size) };
      });
      found.set(name, inTorch(own, tensor));
    }
  }
  if (seed === undefined) return found;
  for (const { name, node, fill, shape } of model.drawn) {
    const iterations = iterationsOf(node);
    const counts = iterations.map((iteration) => iteration.count);
    const stream = streamPath(node, iterations);
    const numbers = numbersOf({ fill, key: keyFrom(seed, 'tensor', stream) }, [...counts, ...shape]);
    const size = count(shape);
    for (const one of eachRepeat(name, counts))
      found.set(one.name, { shape, data: rowOf(numbers, one.row, size) });
  }
  return found;
}

function inTorch(own: readonly NamedTensor[], { axes, shape, joins = 0 }: TorchTensor): NamedTensor {
  const ordered = own.map((part) => (axes ? permuted(part, axes) : part));
  const shaped = ordered.map((part) => (shape ? { shape, data: part.data } : part));
  return shaped.length === 1 ? (shaped[0] as NamedTensor) : joined(shaped, joins);
}
