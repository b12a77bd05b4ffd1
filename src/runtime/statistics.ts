/** A tensor as people look at it: its first numbers, and statistics of all of them. */
import type { TensorValue } from './events.ts';

/** Enough for a heat map of 64 × 64; more would only make messages slow. */
const SENT = 4096;

export function summarise(
  data: Float32Array | Float64Array,
  shape: readonly number[],
  axes: readonly string[],
): TensorValue {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (const x of data) {
    // NaN must win, as it does in Math.min.
    min = Math.min(min, x);
    max = Math.max(max, x);
    sum += x;
  }
  const count = data.length;
  const mean = sum / count;
  let squares = 0;
  for (const x of data) squares += (x - mean) ** 2;
  return {
    shape: [...shape],
    axes: [...axes],
    data: Array.from(data.subarray(0, SENT)),
    ...(count > SENT && { cut: true }),
    count,
    min,
    max,
    mean,
    deviation: Math.sqrt(squares / count),
  };
}
