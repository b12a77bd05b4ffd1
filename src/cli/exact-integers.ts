/** Contractions of integers in float64, which holds every integer up to 2^53: whether all that is computed stays below. */
import { type Diagnostic, diagnose, type Outcome } from '../base/diagnostic.ts';
import type { Network } from '../contraction/index.ts';
import type { TensorData } from '../datasets/formats/elements.ts';

const most = 2 ** 53;

const magnitude = (data: ArrayLike<number>): number => {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i] as number));
  return largest;
};

/**
 * Whether a contraction of integers is exact. Every sum on the way is at most that of the absolute values, which is
 * estimated and, where the estimate is too large, computed. Code: inexact-integers.
 */
export async function checkExact<T extends TensorData>(
  operands: readonly T[],
  { output, sizes }: Pick<Network, 'output' | 'sizes'>,
  compute: (operands: readonly T[]) => Promise<Outcome<{ readonly data: ArrayLike<number> }>>,
): Promise<Diagnostic[]> {
  const terms = Object.entries(sizes).reduce(
    (n, [label, size]) => (output.some((open) => String(open) === label) ? n : n * size),
    1,
  );
  const estimate = operands.reduce((product, { data }) => product * magnitude(data), terms);
  if (estimate <= most) return [];
  const absolute = operands.map((operand) => ({ ...operand, data: operand.data.map(Math.abs) }));
  const { value, diagnostics } = await compute(absolute);
  if (!value) return [...diagnostics];
  const largest = magnitude(value.data);
  return largest <= most ? [] : [diagnose('inexact-integers', {}, { largest: largest.toPrecision(4) })];
}
