/** A whole array as NumPy prints one: rows in brackets, numbers to eight digits, integers of float64 to all of theirs. */
import { figure } from './format.ts';

/** Larger arrays are summed up. */
const PRINTED = 1000;

export function arrayText(shape: readonly number[], data: ArrayLike<number>): string {
  if (data.length > PRINTED) return summed(data);
  if (data.length === 0) return `[] (${shape.join(' × ')})`;
  const cells = Array.from(data, (x) => (isWhole(x, data) ? String(x) : String(Number(x.toPrecision(8)))));
  const width = Math.max(...cells.map((cell) => cell.length));
  /** What lies under the first d indices, from element `at` on; `count` elements. */
  const block = (d: number, at: number, count: number): string => {
    if (d === shape.length) return (cells[at] as string).padStart(shape.length === 0 ? 0 : width);
    const size = shape[d] as number;
    const inner = count / size;
    const between = d === shape.length - 1 ? ' ' : '\n'.repeat(shape.length - 1 - d) + ' '.repeat(d + 1);
    return `[${Array.from({ length: size }, (_, i) => block(d + 1, at + i * inner, inner)).join(between)}]`;
  };
  return block(0, 0, data.length);
}

function summed(data: ArrayLike<number>): string {
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i] as number;
    // Math.min and Math.max keep NaN.
    min = Math.min(min, x);
    max = Math.max(max, x);
    sum += x;
  }
  const [least, most] = [min, max].map((x) => (isWhole(x, data) ? String(x) : figure(x)));
  return `${data.length} elements: min ${least}  max ${most}  mean ${figure(sum / data.length)}`;
}

/** Whether all digits of a number are digits of an integer. */
const isWhole = (x: number, data: ArrayLike<number>): boolean =>
  data instanceof Float64Array && Number.isInteger(x) && Math.abs(x) <= 2 ** 53;
