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

type Compute<T> = (operands: readonly T[]) => Promise<Outcome<{ readonly data: ArrayLike<number> }>>;

/**
 * Whether a contraction of integers is exact. Every sum on the way is at most that of the absolute values, which is
 * estimated and, where the estimate is too large, computed. Code: inexact-integers.
 */
export async function checkExact<T extends TensorData>(
  operands: readonly T[],
  { output, sizes }: Pick<Network, 'output' | 'sizes'>,
  compute: Compute<T>,
): Promise<Diagnostic[]> {
  const terms = Object.entries(sizes).reduce(
    (n, [label, size]) => (output.some((open) => String(open) === label) ? n : n * size),
    1,
  );
  const estimate = operands.reduce((product, { data }) => product * magnitude(data), terms);
  if (estimate < most) return [];
  const absolute = operands.map((operand) => ({ ...operand, data: operand.data.map(Math.abs) }));
  const { value, diagnostics } = await compute(absolute);
  if (!value) return [...diagnostics];
  const largest = magnitude(value.data);
  if (largest < most || (largest === most && (await isMostAtMost(absolute, compute)))) return [];
  return [diagnose('inexact-integers', {}, { largest: largest.toPrecision(4) })];
}

/**
 * What comes to 2^53 may have been rounded to it. The largest operand is split into u·high + low, by which the sum is
 * u · (a sum far below 2^53) + (another); false where that one is too large as well.
 */
async function isMostAtMost<T extends TensorData>(
  operands: readonly T[],
  compute: Compute<T>,
): Promise<boolean> {
  const sizes = operands.map(({ data }) => magnitude(data));
  const widest = sizes.indexOf(Math.max(...sizes));
  const unit = 2 ** Math.ceil(Math.log2(sizes[widest] as number) / 2);
  const sumOf = (part: (x: number) => number) =>
    compute(
      operands.map((operand, k) => (k === widest ? { ...operand, data: operand.data.map(part) } : operand)),
    );
  const [high, low] = [await sumOf((x) => Math.floor(x / unit)), await sumOf((x) => x % unit)];
  if (!high.value || !low.value) return false;
  const [highs, lows] = [Array.from(high.value.data), Array.from(low.value.data)];
  return highs.every((x, i) => (lows[i] as number) < most && unit * x <= most - (lows[i] as number));
}
