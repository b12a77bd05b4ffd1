/**
 * The innermost kernel: a tile of up to six rows by one or two vectors, held in registers while the terms
 * are summed. Twelve accumulators, two vectors of B and one element of A spread over a vector: fifteen of
 * a processor's usual sixteen registers. Nothing else may be alive in the loop, and the loop is not
 * unrolled: compilers would move loads ahead and spill accumulators. V8 unrolls loops that test at their
 * end by itself, so this one tests at its beginning. Its rows are written out by scripts/tile-source.mjs.
 */
import { TILE_ROWS } from './blocking';
import { tileOf, tileOfHeight } from './tile.generated';

/**
 * C += or = A·B for a tile of so many rows and vectors. Row i of A begins at a + rowsA[i] (rowsA[0] is
 * 0) and of C at c + rowsC[i]; term t of a row lies termsA[t] bytes from where it begins. In B, whose columns
 * are contiguous, terms lie `stepB` bytes apart.
 */
export function tile<T>(
  height: i32,
  vectors: i32,
  k: i32,
  a: usize,
  rowsA: usize,
  termsA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  tileOfHeight<T>(height, vectors, false, k, a, rowsA, termsA, b, stepB, c, rowsC, add);
}

/** The same where A's rows lie side by side, as packing leaves them: instructions hold their offsets. */
export function tileSideBySide<T>(
  height: i32,
  vectors: i32,
  k: i32,
  a: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  tileOfHeight<T>(height, vectors, true, k, a, 0, 0, b, stepB, c, rowsC, add);
}

/** `tile` of full height with two vectors: as most of a product consists of it, a function of its own. */
export function wholeTile<T>(
  k: i32,
  a: usize,
  rowsA: usize,
  termsA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  tileOf<T>(TILE_ROWS, 2, false, k, a, rowsA, termsA, b, stepB, c, rowsC, add);
}

/** `tileSideBySide` of full height with two vectors. */
export function wholeTileSideBySide<T>(
  k: i32,
  a: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  tileOf<T>(TILE_ROWS, 2, true, k, a, 0, 0, b, stepB, c, rowsC, add);
}
