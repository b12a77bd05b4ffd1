/** A picture of a tensor: the last axis to the right, all others downwards, thinned out to fit. */
import type { HeatCells } from '../../parts/Heat.tsx';
import type { TensorValue } from '../props.ts';

/** n positions spread evenly over 0 … length − 1, both ends included. */
const spread = (length: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => (n === 1 ? 0 : Math.round((i * (length - 1)) / (n - 1))));

export function heatCellsOf(value: TensorValue, mostRows: number, mostColumns: number): HeatCells {
  const width = Math.max(1, value.shape.at(-1) ?? 1);
  // Only the first elements of a large tensor are sent: what lies beyond cannot be drawn.
  const height = Math.max(1, Math.ceil(value.data.length / width));
  const rows = Math.min(height, mostRows);
  const columns = Math.min(width, mostColumns);
  const scale = Math.max(Math.abs(value.min), Math.abs(value.max)) || 1;
  const cells = spread(height, rows).flatMap((r) =>
    spread(width, columns).map((c) => {
      const x = value.data[r * width + c];
      return x && Math.max(-1, Math.min(1, x / scale));
    }),
  );
  return { rows, columns, cells };
}

/** How many elements fall into each of `bins` equal intervals between the smallest and the largest. */
export function histogramOf(value: TensorValue, bins: number): readonly number[] {
  const counts = new Array<number>(bins).fill(0);
  const width = value.max - value.min;
  if (!(width > 0)) return counts.map((_, i) => (i === Math.floor(bins / 2) ? value.data.length : 0));
  for (const x of value.data) {
    if (!Number.isFinite(x)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((x - value.min) / width) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
