/** Columns of numbers, shifted and scaled. */

/** (v − mean) / deviation, the deviation being that of a whole population. */
export function standardised(column: readonly number[]): number[] {
  const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
  const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length;
  return column.map((v) => (v - mean) / Math.sqrt(variance));
}

/** Rows of `features` measurements and a class: the measurements standardised over all rows, row-major, and the classes. */
export function standardisedTable(
  rows: readonly (readonly number[])[],
  features: number,
): { readonly x: Float32Array; readonly y: Float32Array } {
  const x = new Float32Array(rows.length * features);
  for (let f = 0; f < features; f++) {
    standardised(rows.map((row) => row[f] as number)).forEach((value, r) => {
      x[r * features + f] = value;
    });
  }
  return { x, y: Float32Array.from(rows, (row) => row[features] as number) };
}
