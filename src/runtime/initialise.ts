/**
 * First values of a program's state. The numbers depend on the seed and the state's name alone; those of
 * all repeats of a block are one stream, so that a repeat's do not depend on how many follow it.
 */
import { type Key, keyFrom, normal, uniform } from '../base/random.ts';
import type { StateSpec } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';

/** Named state, row-major. */
export type State = ReadonlyMap<string, ArrayLike<number>>;

export const initialise = (specs: readonly StateSpec[], seed: number): State =>
  new Map(specs.map((spec) => [spec.name, firstValues(spec, seed)]));

function firstValues({ name, stream, shape, repeats, init }: StateSpec, seed: number): ArrayLike<number> {
  const n = elements(shape);
  const key = keyFrom(seed, 'state', stream);
  const scale = init.scale ?? 1;
  switch (init.kind) {
    case 'zeros':
      return new Float64Array(n);
    case 'ones':
      return new Float64Array(n).fill(1);
    case 'constant':
      return new Float64Array(n).fill(scale);
    case 'uniform':
      return uniform(key, n).map((u) => scale * (2 * u - 1));
    case 'normal':
      return normal(key, n).map((z) => scale * z);
    case 'orthogonal':
      return orthogonal(key, n, shape.slice(-2) as [number, number]).map((x) => scale * x);
    case 'values':
      return Array.from({ length: elements(repeats?.counts ?? []) }, () => init.values ?? []).flat();
    default:
      throw new Error(`internal: no initialiser "${init.kind}" for ${name}`);
  }
}

/**
 * n numbers: matrices of this shape, one after the other, whose rows are orthonormal, or columns where there are fewer
 * of these; every such matrix equally likely. Of normal numbers by Gram and Schmidt's process, each vector twice.
 * A. M. Saxe, J. L. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear
 * neural networks", arXiv 1312.6120, section 3; as torch.nn.init.orthogonal_.
 */
function orthogonal(key: Key, n: number, [rows, columns]: readonly [number, number]): Float64Array {
  const numbers = normal(key, n);
  const [long, few] = [Math.max(rows, columns), Math.min(rows, columns)];
  // Where a vector's elements stand, from its first on, and how far the first ones are from each other.
  const [step, next] = rows <= columns ? [1, columns] : [columns, 1];
  for (let start = 0; start < n; start += rows * columns)
    for (let v = 0; v < few; v++) {
      const own = start + v * next;
      for (let u = 0; u < 2 * v; u++) takeOut(numbers, own, start + (u % v) * next, step, long);
      const length = Math.sqrt(dot(numbers, own, own, step, long));
      for (let i = 0; i < long; i++) numbers[own + i * step] = (numbers[own + i * step] as number) / length;
    }
  return numbers;
}

function dot(x: Float64Array, a: number, b: number, step: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count * step; i += step) sum += (x[a + i] as number) * (x[b + i] as number);
  return sum;
}

/** Takes out of one vector what it has of another, of length 1. */
function takeOut(x: Float64Array, from: number, unit: number, step: number, count: number): void {
  const along = dot(x, from, unit, step, count);
  for (let i = 0; i < count * step; i += step)
    x[from + i] = (x[from + i] as number) - along * (x[unit + i] as number);
}
