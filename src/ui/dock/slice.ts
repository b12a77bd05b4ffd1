/** A matrix out of a tensor: its last two axes, at given places of the axes before them. */
import type { TensorValue } from '../../worker/protocol.ts';

/** More than this is not written out; the statistics are of everything. */
const MOST_ROWS = 64;
const MOST_COLUMNS = 64;

export interface Slice {
  /** undefined where the element was not sent. */
  readonly rows: readonly (readonly (number | undefined)[])[];
}

/** Rank 0 is one cell, rank 1 one row. */
export function sliceOf(value: Pick<TensorValue, 'shape' | 'data'>, at: readonly number[]): Slice {
  const [rows, columns] = [value.shape.at(-2) ?? 1, value.shape.at(-1) ?? 1];
  const leading = value.shape.slice(0, -2);
  const matrix = leading.reduce((index, size, d) => index * size + (at[d] ?? 0), 0);
  const start = matrix * rows * columns;
  const shown = { rows: Math.min(rows, MOST_ROWS), columns: Math.min(columns, MOST_COLUMNS) };
  return {
    rows: Array.from({ length: shown.rows }, (_, i) =>
      Array.from({ length: shown.columns }, (_, j) => value.data[start + i * columns + j]),
    ),
  };
}
