/**
 * What a plan means, a second time: written from the comments of ir/plan.ts and sharing no code with the
 * engines. Points are numbered and taken apart into indices; nothing is incremental.
 */
import { draw } from '../../src/base/random.ts';
import type { Expr } from '../../src/ir/expr.ts';
import {
  type BufferPlace,
  type GemmStep,
  type NestStep,
  type Operand,
  type Step,
  withPlaces,
} from '../../src/ir/plan.ts';
import type { Sketch } from './engines.plans.ts';

/** Row-major: the last index runs fastest. */
function indicesOf(point: number, dims: readonly number[]): number[] {
  const indices: number[] = [];
  let rest = point;
  for (const size of dims.toReversed()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return indices;
}

const count = (dims: readonly number[]) => dims.reduce((n, d) => n * d, 1);

const place = ({ offset, strides }: Operand, indices: readonly number[]) =>
  strides.reduce((at, stride, d) => at + stride * (indices[d] as number), offset);

/**
 * erf near 0 by its series, 2/√π · Σ (−1)ⁿ x^(2n+1) / (n! (2n+1)), small terms first; farther out by the
 * continued fraction erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2 / (x + …)))).
 */
function erf(x: number): number {
  if (Math.abs(x) > 1) {
    const size = Math.min(Math.abs(x), 7);
    let tail = 0;
    for (let k = 200; k > 0; k--) tail = k / 2 / (size + tail);
    return Math.sign(x) * (1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + tail));
  }
  let power = x;
  const terms = Array.from({ length: 25 }, (_, n) => {
    if (n > 0) power *= (-x * x) / n;
    return power / (2 * n + 1);
  });
  return (2 / Math.sqrt(Math.PI)) * terms.reduceRight((sum, term) => sum + term, 0);
}

export function evaluate(x: Expr, args: readonly number[]): number {
  if (x.op === 'arg') return args[x.index] as number;
  if (x.op === 'const') return x.value;
  const a = evaluate(x.a, args);
  const b = 'b' in x ? evaluate(x.b, args) : 0;
  switch (x.op) {
    case 'select':
      return evaluate(x.c, args) !== 0 ? a : b;
    case 'neg':
      return -a;
    case 'recip':
      return 1 / a;
    case 'sigmoid':
      return a < 0 ? Math.exp(a) / (1 + Math.exp(a)) : 1 / (1 + Math.exp(-a));
    case 'softplus':
      return a > 0 ? a + Math.log1p(Math.exp(-a)) : Math.log1p(Math.exp(a));
    case 'erf':
      return erf(a);
    case 'atan':
      return Math.atan(a);
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'lt':
      return Number(a < b);
    case 'le':
      return Number(a <= b);
    case 'eq':
      return Number(a === b);
    default:
      // What is left carries its JavaScript name.
      return (Math[x.op] as (a: number, b?: number) => number)(a, ...('b' in x ? [b] : []));
  }
}

function reduce(kind: string, values: readonly number[]): number {
  if (kind === 'none') return values[0] as number;
  if (kind === 'sum') return values.reduce((sum, v) => sum + v, 0);
  if (kind === 'max') return Math.max(...values);
  if (kind === 'min') return Math.min(...values);
  const best = Math.max(...values);
  return values.findIndex((v) => Object.is(v, best) || v === best);
}

/** The part of a nest at one point of its first dimensions: all is read and computed, then all is written. */
function nest(
  { dims, reduced, operands, results }: NestStep,
  outer: readonly number[],
  data: number[][],
): void {
  const kept = dims.slice(outer.length, dims.length - reduced);
  const summed = dims.slice(dims.length - reduced);
  const points = Array.from({ length: count(kept) }, (_, p) => [...outer, ...indicesOf(p, kept)]);
  const writes = results.flatMap(({ out, expr, reduce: kind, scale }) =>
    points.flatMap((point) => {
      const all = Array.from({ length: count(summed) }, (_, q) => [...point, ...indicesOf(q, summed)]);
      const values = all.map((indices) =>
        evaluate(
          expr,
          operands.map((o) => data[o.buffer]?.[place(o, indices)] as number),
        ),
      );
      if (kind === 'none')
        return values.map((v, q) => ({ out, indices: all[q] as number[], value: scale * v }));
      return [{ out, indices: point, value: scale * reduce(kind, values) }];
    }),
  );
  for (const { out, indices, value } of writes) (data[out.buffer] as number[])[place(out, indices)] = value;
}

/** The part of a product at one point of its first batches and rows. */
function product(step: GemmStep, outer: readonly number[], data: number[][]): void {
  const buffer = (i: number) => data[i] as number[];
  const at = (o: Operand, indices: readonly number[]) => buffer(o.buffer)[place(o, indices)] as number;
  const dims = [...step.batch, ...step.m, ...step.n];
  const [rows, columns] = [step.batch.length, step.batch.length + step.m.length];
  const inner = dims.slice(outer.length);
  for (let p = 0; p < count(inner); p++) {
    const indices = [...outer, ...indicesOf(p, inner)];
    const [batch, row, column] = [
      indices.slice(0, rows),
      indices.slice(rows, columns),
      indices.slice(columns),
    ];
    let sum = 0;
    for (let q = 0; q < count(step.k); q++) {
      const term = indicesOf(q, step.k);
      sum += at(step.a, [...batch, ...row, ...term]) * at(step.b, [...batch, ...term, ...column]);
    }
    buffer(step.c.buffer)[place(step.c, indices)] = step.scale * sum;
  }
}

function apply(step: Step, data: number[][]): void {
  const buffer = (i: number) => data[i] as number[];
  const get = (at: BufferPlace, i: number) => buffer(at.buffer)[at.offset + i] as number;
  const set = (at: BufferPlace, i: number, value: number) => {
    buffer(at.buffer)[at.offset + i] = value;
  };
  switch (step.kind) {
    case 'gemm':
      product(step, [], data);
      return;
    case 'nest':
      nest(step, [], data);
      return;
    case 'fused':
      for (let p = 0; p < count(step.outer); p++)
        for (const part of step.nests)
          if (part.kind === 'gemm') product(part, indicesOf(p, step.outer), data);
          else nest(part, indicesOf(p, step.outer), data);
      return;
    case 'loop':
      for (let t = 0; t < step.count; t++) for (const inner of step.steps) apply(inIteration(inner, t), data);
      return;
    case 'barrier':
      return;
    case 'fill':
      buffer(step.out.buffer).fill(step.value, step.out.offset, step.out.offset + step.count);
      return;
    case 'random': {
      const key = Array.from({ length: 4 }, (_, i) => get(step.key, i)) as [number, number, number, number];
      const words = [key[0] * 65536 + key[1], key[2] * 65536 + key[3]] as const;
      for (const [i, x] of draw(words, step.stream, step.count).entries()) set(step.out, i, x);
      return;
    }
    case 'gather':
    case 'scatterAdd': {
      const { rows, rowSize } = step;
      if (step.kind === 'scatterAdd') for (let i = 0; i < rows * rowSize; i++) set(step.out, i, 0);
      for (let i = 0; i < step.count; i++) {
        const row = get(step.indices, i);
        const isRow = Number.isInteger(row) && row >= 0 && row < rows;
        for (let r = 0; r < rowSize; r++) {
          const [far, near] = [row * rowSize + r, i * rowSize + r];
          if (step.kind === 'gather') set(step.out, near, isRow ? get(step.data, far) : Number.NaN);
          else if (isRow) set(step.out, far, get(step.out, far) + get(step.updates, near));
        }
      }
    }
  }
}

/** The step as it is in iteration t of the loop that it stands in. */
const inIteration = (step: Step, t: number): Step =>
  withPlaces(step, (place) => {
    const [stride = 0, ...loopStrides] = place.loopStrides ?? [];
    return { ...place, offset: place.offset + t * stride, loopStrides };
  });

/** The buffers' numbers after all steps. */
export function naively({ steps }: Sketch, before: readonly ArrayLike<number>[]): number[][] {
  const data = before.map((b) => Array.from(b));
  for (const step of steps) apply(step, data);
  return data;
}
