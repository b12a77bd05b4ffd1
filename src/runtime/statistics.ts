/** A tensor as people look at it: its first numbers, and statistics of all of them. */
import { elements } from '../ir/program.ts';
import type { TensorValue } from './events.ts';

/** Enough for a heat map of 64 × 64; more would only make messages slow. */
const SENT = 4096;
/** Of what is drawn large: a trajectory of some thousand moments, a grid of 128 × 128. */
export const SENT_CLOSELY = 2 ** 14;

type Numbers = Float32Array | Float64Array;

/** `most`: how many of the numbers are given. */
export function summarise(
  data: Numbers,
  shape: readonly number[],
  axes: readonly string[],
  most = SENT,
): TensorValue {
  const ends = addEnds(data);
  const squares = addSquares(data, ends.sum / data.length);
  return tensorValue(data.subarray(0, most), shape, axes, { ...ends, squares });
}

/** Elements that are copied at a time: a look at a tensor must not take as much memory again. */
const PART = 2 ** 20;

/** The same of a tensor that is read part by part. */
export async function summariseParts(
  read: (from: number, to: number) => Promise<Numbers>,
  shape: readonly number[],
  axes: readonly string[],
  most = SENT,
): Promise<TensorValue> {
  const count = elements(shape);
  if (count <= PART) return summarise(await read(0, count), shape, axes, most);
  const head = await read(0, most);
  let ends = nothing;
  for (let at = 0; at < count; at += PART) ends = addEnds(await read(at, at + PART), ends);
  let squares = 0;
  for (let at = 0; at < count; at += PART)
    squares = addSquares(await read(at, at + PART), ends.sum / count, squares);
  return tensorValue(head, shape, axes, { ...ends, squares });
}

interface Ends {
  readonly min: number;
  readonly max: number;
  readonly sum: number;
}
const nothing: Ends = { min: Infinity, max: -Infinity, sum: 0 };

function addEnds(data: Numbers, before = nothing): Ends {
  let { min, max, sum } = before;
  for (const x of data) {
    // NaN must win, as it does in Math.min.
    min = Math.min(min, x);
    max = Math.max(max, x);
    sum += x;
  }
  return { min, max, sum };
}

function addSquares(data: Numbers, mean: number, before = 0): number {
  let squares = before;
  for (const x of data) squares += (x - mean) ** 2;
  return squares;
}

/** `head`: the numbers that are given. */
function tensorValue(
  head: Numbers,
  shape: readonly number[],
  axes: readonly string[],
  { min, max, sum, squares }: Ends & { readonly squares: number },
): TensorValue {
  const count = elements(shape);
  return {
    shape: [...shape],
    axes: [...axes],
    data: Array.from(head),
    ...(count > head.length && { cut: true }),
    count,
    min,
    max,
    mean: sum / count,
    deviation: Math.sqrt(squares / count),
  };
}
