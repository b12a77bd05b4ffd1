/** Parts of tensors as pictures read them: lines along an axis, and what there is at a moment of time. */
import { placeOfTime, timeAxis } from '../../../catalogue/picture-axes.ts';

/** Numbers with named axes, row-major. `data` may be shorter than the shape says: what lies beyond is not known. */
export interface Tensor {
  readonly axes: readonly string[];
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export const product = (sizes: readonly number[]): number => sizes.reduce((n, size) => n * size, 1);

const placeOf = (axes: readonly string[]): number => placeOfTime(axes.map((name) => ({ name })));

/** How many moments there are; 1 where nothing moves. */
export const momentsOf = ({ axes, shape }: Tensor): number => shape[placeOf(axes)] ?? 1;

export const hasTime = ({ axes }: Pick<Tensor, 'axes'>): boolean => axes.includes(timeAxis);

/** What a tensor holds at `time`, 0 … 1 from its first moment to its last: between two it is interpolated linearly. */
export function atTime(tensor: Tensor, time: number): Tensor {
  const axis = placeOf(tensor.axes);
  if (axis < 0) return tensor;
  const { axes, shape, data } = tensor;
  const count = shape[axis] as number;
  const inner = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  const at = Math.max(0, Math.min(1, time)) * (count - 1);
  const first = Math.floor(at);
  const part = at - first;
  const found = new Float64Array(outer * inner);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const place = (o * count + first) * inner + i;
      const here = data[place] ?? Number.NaN;
      found[o * inner + i] = part === 0 ? here : here + part * ((data[place + inner] ?? Number.NaN) - here);
    }
  const others = <T>(list: readonly T[]) => list.filter((_, d) => d !== axis);
  return { axes: others(axes), shape: others(shape), data: found };
}

/** The numbers along an axis, one line for each place of the others, at most so many. A scalar is a line of one. */
export function linesAlong(
  { shape, data }: Tensor,
  axis: number,
  most = Number.POSITIVE_INFINITY,
): Float64Array[] {
  const count = shape[axis] ?? 1;
  const inner = axis < 0 ? 1 : product(shape.slice(axis + 1));
  const outer = axis < 0 ? 1 : product(shape.slice(0, axis));
  const lines: Float64Array[] = [];
  for (let n = 0; n < Math.min(outer * inner, most); n++) {
    const start = Math.floor(n / inner) * count * inner + (n % inner);
    lines.push(Float64Array.from({ length: count }, (_, i) => data[start + i * inner] ?? Number.NaN));
  }
  return lines;
}

/** A path of points, or points side by side. */
export interface Points {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** Points whose coordinates stand along the last axis: a list along `axis` for each place of the other axes. */
export function pointsAlong(tensor: Tensor, axis: number, most = Number.POSITIVE_INFINITY): Points[] {
  const { shape, data } = tensor;
  const coordinate = (k: number): Tensor => ({
    axes: tensor.axes.slice(0, -1),
    shape: shape.slice(0, -1),
    data: Float64Array.from({ length: product(shape.slice(0, -1)) }, (_, i) => data[2 * i + k] ?? Number.NaN),
  });
  const xs = linesAlong(coordinate(0), axis, most);
  const ys = linesAlong(coordinate(1), axis, most);
  return xs.map((line, i) => ({ xs: line, ys: ys[i] as Float64Array }));
}

/** Trajectories: a path along time for each place of the other axes; undefined where there is no time. */
export const pathsOf = (tensor: Tensor, most: number): Points[] | undefined => {
  const axis = placeOf(tensor.axes);
  return axis < 0 ? undefined : pointsAlong(tensor, axis, most);
};

/** All points at a moment, as one list; at most so many. */
export function pointsAt(tensor: Tensor, time: number, most: number): Points {
  const now = atTime(tensor, time);
  const count = Math.min(product(now.shape.slice(0, -1)), most);
  return {
    xs: Float64Array.from({ length: count }, (_, i) => now.data[2 * i] ?? Number.NaN),
    ys: Float64Array.from({ length: count }, (_, i) => now.data[2 * i + 1] ?? Number.NaN),
  };
}

export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** From the least to the greatest finite number; undefined where there is none. */
export function extentOf(lists: Iterable<ArrayLike<number>>): NumberRange | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      const x = list[i] as number;
      if (!Number.isFinite(x)) continue;
      if (x < from) from = x;
      if (x > to) to = x;
    }
  return from > to ? undefined : { from, to };
}

/** As many numbers, evenly from `from` to `to`, both included. */
export const evenly = (count: number, from: number, to: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) =>
    count === 1 ? from : from + ((to - from) * i) / (count - 1),
  );
