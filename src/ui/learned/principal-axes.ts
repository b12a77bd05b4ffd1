/** Rows of a matrix along the directions in which they differ most: principal component analysis. */

export interface Principal {
  /** [rows, 2], row-major: each row's coordinates along the first two principal axes. */
  readonly places: Float64Array;
  /** Parts of the variance that the two axes hold, 0 … 1. */
  readonly shares: readonly [number, number];
}

/** Parts of the variance below this are rounding. */
const NOTHING = 1e-14;

/**
 * The first two principal components of a matrix [rows, columns], row-major. Of AᵀA and AAᵀ, A with its columns
 * centred, the smaller one is diagonalised. The farthest coordinate along each axis is positive, so that the same
 * numbers always make the same picture. Undefined where a number is not finite.
 */
export function principalAxes(
  numbers: ArrayLike<number>,
  rows: number,
  columns: number,
): Principal | undefined {
  const a = centred(numbers, rows, columns);
  if (!a.flat().every(Number.isFinite)) return undefined;
  const isTall = rows >= columns;
  const sides = isTall ? Array.from({ length: columns }, (_, k) => a.map((row) => row[k] as number)) : a;
  const { values, vectors } = symmetricEigen(sides.map((one) => sides.map((other) => dot(one, other))));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const order = [...values.keys()].sort((i, j) => (values[j] as number) - (values[i] as number));
  const places = new Float64Array(2 * rows);
  const shares = [0, 1].map((axis) => {
    const value = values[order[axis] ?? -1] ?? 0;
    if (value <= NOTHING * total) return 0;
    const direction = vectors.map((row) => row[order[axis] as number] as number);
    // The rows of A V, which are those of U Σ.
    const along = isTall ? a.map((row) => dot(row, direction)) : direction.map((u) => Math.sqrt(value) * u);
    const farthest = along.reduce((most, x) => (Math.abs(x) > Math.abs(most) * (1 + 1e-9) ? x : most), 0);
    for (const [i, x] of along.entries()) places[2 * i + axis] = farthest < 0 ? -x : x;
    return value / total;
  }) as [number, number];
  return { places, shares };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

/** The rows, less their mean. */
function centred(numbers: ArrayLike<number>, rows: number, columns: number): number[][] {
  const a = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, k) => numbers[i * columns + k] as number),
  );
  const means = Array.from(
    { length: columns },
    (_, k) => a.reduce((sum, row) => sum + (row[k] as number), 0) / rows,
  );
  return a.map((row) => row.map((x, k) => x - (means[k] as number)));
}

/** Rounds of rotations; they converge quadratically, so that few are ever made. */
const SWEEPS = 30;

/**
 * Eigenvalues of a symmetric matrix, and their vectors as the columns of `vectors`, by cyclic Jacobi rotations:
 * Golub and Van Loan, "Matrix Computations", algorithm 8.5.3.
 */
function symmetricEigen(matrix: number[][]): { readonly values: number[]; readonly vectors: number[][] } {
  const a = matrix;
  const n = a.length;
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  const at = (m: number[][], i: number, j: number) => (m[i] as number[])[j] as number;
  const scale = Math.max(...a.map((_, i) => Math.abs(at(a, i, i))), 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(at(a, p, q)) <= 1e-14 * scale) continue;
        rotated = true;
        const tau = (at(a, q, q) - at(a, p, p)) / (2 * at(a, p, q));
        const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau));
        const c = 1 / Math.hypot(1, t);
        for (const row of a) rotate(row, p, q, c, c * t);
        for (const row of v) rotate(row, p, q, c, c * t);
        const [rowP, rowQ] = [a[p] as number[], a[q] as number[]];
        for (let k = 0; k < n; k++) {
          const x = rowP[k] as number;
          const y = rowQ[k] as number;
          rowP[k] = c * x - c * t * y;
          rowQ[k] = c * t * x + c * y;
        }
      }
    if (!rotated) break;
  }
  return { values: a.map((row, i) => row[i] as number), vectors: v };
}

function rotate(row: number[], p: number, q: number, c: number, s: number): void {
  const x = row[p] as number;
  const y = row[q] as number;
  row[p] = c * x - s * y;
  row[q] = s * x + c * y;
}
