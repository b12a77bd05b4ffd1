/** Sines and cosines of places times frequencies, as numbers of the program: with all digits, however far the places. */
import type { Builder } from '../ir/builder.ts';
import { arg, e } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';

/** base^(−2i/width) for i = 0 … count − 1: Vaswani et al., arXiv 1706.03762, section 3.5. */
export const frequencies = (count: number, width: number, base: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => base ** ((-2 * i) / width));

/** Of more places than these, two short tables are made into the long one. */
const mostTabled = 64;

/** sin and cos of place · frequency, [length, frequencies.length], for the places 0 … length − 1. */
export function anglesOf(
  ir: Builder,
  length: number,
  frequencies: readonly number[],
): { readonly sin: ValueId; readonly cos: ValueId } {
  const count = frequencies.length;
  const table = (f: (x: number) => number, places: number, step: number) =>
    ir.constant(
      [places, count],
      Array.from({ length: places }, (_, place) => frequencies.map((w) => f(place * step * w))).flat(),
    );
  if (length <= mostTabled) return { sin: table(Math.sin, length, 1), cos: table(Math.cos, length, 1) };
  // place = step · high + low: sin(a + b) = sin a cos b + cos a sin b, cos(a + b) = cos a cos b − sin a sin b
  const step = Math.ceil(Math.sqrt(length));
  const high = Math.ceil(length / step);
  const [sinHigh, cosHigh] = [table(Math.sin, high, step), table(Math.cos, high, step)];
  const [sinLow, cosLow] = [table(Math.sin, step, 1), table(Math.cos, step, 1)];
  const join = (args: readonly ValueId[], combine: typeof e.add) => {
    const product = combine(e.mul(arg(0), arg(1)), e.mul(arg(2), arg(3)));
    const [rows, columns] = [
      [0, 2],
      [1, 2],
    ];
    const whole = ir.map(args, product, [rows, columns, rows, columns] as number[][], [high, step, count]);
    return ir.part(ir.reshape(whole, [high * step, count]), 0, 0, length);
  };
  return {
    sin: join([sinHigh, cosLow, cosHigh, sinLow], e.add),
    cos: join([cosHigh, cosLow, sinHigh, sinLow], e.sub),
  };
}
