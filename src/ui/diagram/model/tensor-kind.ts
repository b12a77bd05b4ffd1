/** What a tensor is, told by its numbers: diagonal, an isometry, or nothing special. */
import type { TensorKind } from './network-diagram.ts';

interface Numbers {
  readonly shape: readonly number[];
  /** The first elements, row by row. */
  readonly data: readonly number[];
  /** Of all elements. */
  readonly count: number;
}

/** More elements are not looked at; in float32, products of so many are exact to this. */
const [mostElements, tolerance] = [4096, 1e-4];

const known = new WeakMap<readonly number[], TensorKind>();

export function kindOfNumbers({ shape, data, count }: Numbers): TensorKind {
  if (shape.length < 2 || count > mostElements || data.length < count || count === 0) return 'general';
  let kind = known.get(data);
  if (!kind) {
    kind = isDiagonal(shape, data) ? 'diagonal' : isIsometry(shape, data) ? 'isometry' : 'general';
    known.set(data, kind);
  }
  return kind;
}

/** Zero wherever two of its indices differ, and somewhere not zero; all its axes have one size, above 1. */
function isDiagonal(shape: readonly number[], data: readonly number[]): boolean {
  const [size = 0] = shape;
  if (size < 2 || shape.some((other) => other !== size)) return false;
  // From one element of the diagonal to the next.
  const step = shape.reduce((sum, _, d) => sum + size ** d, 0);
  return data.every((x, i) => i % step === 0 || x === 0) && data.some((x) => x !== 0);
}

/**
 * ‖MᵀM − I‖∞ ≤ tolerance, where M has one axis as its columns and all others as its rows: the map from that axis to
 * the others keeps lengths. One such axis is enough.
 */
function isIsometry(shape: readonly number[], data: readonly number[]): boolean {
  return shape.some((columns, axis) => {
    const rows = data.length / columns;
    if (columns < 2 || rows < columns) return false;
    const stride = shape.slice(axis + 1).reduce((p, size) => p * size, 1);
    // Column c holds the elements whose index at this axis is c.
    const at = (row: number, c: number) =>
      data[Math.floor(row / stride) * stride * columns + c * stride + (row % stride)] as number;
    for (let a = 0; a < columns; a++)
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += at(row, a) * at(row, b);
        if (!(Math.abs(sum - Number(a === b)) <= tolerance)) return false;
      }
    return true;
  });
}
