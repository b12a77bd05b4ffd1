/** The few figures that benchmarks need: medians of rounds, and how far numbers lie from a reference. */

/** The middle value, or the mean of the two in the middle. NaN for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * max |a − b| / max |b|: the largest error, in units of the reference's largest element, so that an element
 * near zero does not ask for digits that its sum never had. Where the reference is zero throughout, max |a|.
 * Infinity where the lengths differ or a number is missing.
 */
export function relativeError(actual: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (actual.length !== reference.length) return Number.POSITIVE_INFINITY;
  let [error, size] = [0, 0];
  for (let i = 0; i < reference.length; i++) {
    const [a, b] = [actual[i] as number, reference[i] as number];
    if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
    error = Math.max(error, Math.abs(a - b));
    size = Math.max(size, Math.abs(b));
  }
  return size === 0 ? error : error / size;
}

/** Whether any element differs from zero. */
export function hasSignal(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) return true;
  return false;
}
