/**
 * The innermost kernel: a tile of up to six rows by one or two vectors, held in registers while the terms
 * are summed. Twelve accumulators, two vectors of B and one element of A spread over a vector: fifteen of
 * a processor's usual sixteen registers. Nothing else may be alive in the loop, and the loop is not
 * unrolled: compilers would move loads ahead and spill accumulators. V8 unrolls loops that test at their
 * end by itself, so this one tests at its beginning.
 */
import { TILE_ROWS } from './blocking';

/** total + a · b; rounded once where the processor can. */
// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(a: v128, b: v128, total: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<T>(a, b, total) : v128.add<T>(total, v128.mul<T>(a, b));
}

/** One row of the tile leaves the registers. */
// @ts-ignore: decorator
@inline
function keep<T>(V: i32, to: usize, x: v128, y: v128): void {
  v128.store(to, x);
  if (V > 1) v128.store(to, y, 16);
}

/** One row of the tile is added to what is there. */
// @ts-ignore: decorator
@inline
function keepSum<T>(V: i32, to: usize, x: v128, y: v128): void {
  v128.store(to, v128.add<T>(v128.load(to), x));
  if (V > 1) v128.store(to, v128.add<T>(v128.load(to, 16), y), 16);
}

/** `R` rows of A, which lie side by side or not, times `V` vectors of B: constants where this is called. See `tile`. */
// @ts-ignore: decorator
@inline
function tileOf<T>(
  R: i32,
  V: i32,
  sideBySide: bool,
  k: i32,
  a: usize,
  rowsA: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  const zero = v128.splat<T>(0 as T);
  let x0 = zero,
    x1 = zero,
    x2 = zero,
    x3 = zero,
    x4 = zero,
    x5 = zero;
  let y0 = zero,
    y1 = zero,
    y2 = zero,
    y3 = zero,
    y4 = zero,
    y5 = zero;
  const r1: usize = R > 1 && !sideBySide ? load<i32>(rowsA, 4) : 0;
  const r2: usize = R > 2 && !sideBySide ? load<i32>(rowsA, 8) : 0;
  const r3: usize = R > 3 && !sideBySide ? load<i32>(rowsA, 12) : 0;
  const r4: usize = R > 4 && !sideBySide ? load<i32>(rowsA, 16) : 0;
  const r5: usize = R > 5 && !sideBySide ? load<i32>(rowsA, 20) : 0;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = V > 1 ? v128.load(b, 16) : b0;
    const s0 = v128.load_splat<T>(a);
    x0 = multiplyAdd<T>(s0, b0, x0);
    if (V > 1) y0 = multiplyAdd<T>(s0, b1, y0);
    if (R > 1) {
      const s1 = sideBySide ? v128.load_splat<T>(a, sizeof<T>()) : v128.load_splat<T>(a + r1);
      x1 = multiplyAdd<T>(s1, b0, x1);
      if (V > 1) y1 = multiplyAdd<T>(s1, b1, y1);
    }
    if (R > 2) {
      const s2 = sideBySide ? v128.load_splat<T>(a, 2 * sizeof<T>()) : v128.load_splat<T>(a + r2);
      x2 = multiplyAdd<T>(s2, b0, x2);
      if (V > 1) y2 = multiplyAdd<T>(s2, b1, y2);
    }
    if (R > 3) {
      const s3 = sideBySide ? v128.load_splat<T>(a, 3 * sizeof<T>()) : v128.load_splat<T>(a + r3);
      x3 = multiplyAdd<T>(s3, b0, x3);
      if (V > 1) y3 = multiplyAdd<T>(s3, b1, y3);
    }
    if (R > 4) {
      const s4 = sideBySide ? v128.load_splat<T>(a, 4 * sizeof<T>()) : v128.load_splat<T>(a + r4);
      x4 = multiplyAdd<T>(s4, b0, x4);
      if (V > 1) y4 = multiplyAdd<T>(s4, b1, y4);
    }
    if (R > 5) {
      const s5 = sideBySide ? v128.load_splat<T>(a, 5 * sizeof<T>()) : v128.load_splat<T>(a + r5);
      x5 = multiplyAdd<T>(s5, b0, x5);
      if (V > 1) y5 = multiplyAdd<T>(s5, b1, y5);
    }
    a += stepA;
    b += stepB;
  }
  if (add) {
    keepSum<T>(V, c + load<i32>(rowsC), x0, y0);
    if (R > 1) keepSum<T>(V, c + load<i32>(rowsC, 4), x1, y1);
    if (R > 2) keepSum<T>(V, c + load<i32>(rowsC, 8), x2, y2);
    if (R > 3) keepSum<T>(V, c + load<i32>(rowsC, 12), x3, y3);
    if (R > 4) keepSum<T>(V, c + load<i32>(rowsC, 16), x4, y4);
    if (R > 5) keepSum<T>(V, c + load<i32>(rowsC, 20), x5, y5);
  } else {
    keep<T>(V, c + load<i32>(rowsC), x0, y0);
    if (R > 1) keep<T>(V, c + load<i32>(rowsC, 4), x1, y1);
    if (R > 2) keep<T>(V, c + load<i32>(rowsC, 8), x2, y2);
    if (R > 3) keep<T>(V, c + load<i32>(rowsC, 12), x3, y3);
    if (R > 4) keep<T>(V, c + load<i32>(rowsC, 16), x4, y4);
    if (R > 5) keep<T>(V, c + load<i32>(rowsC, 20), x5, y5);
  }
}

// @ts-ignore: decorator
@inline
function choose<T>(
  sideBySide: bool,
  height: i32,
  vectors: i32,
  k: i32,
  a: usize,
  rowsA: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  if (vectors == 2) {
    if (TILE_ROWS == 6 && height == 6) tileOf<T>(6, 2, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (TILE_ROWS == 6 && height == 5) tileOf<T>(5, 2, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (height == 4) tileOf<T>(4, 2, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (height == 3) tileOf<T>(3, 2, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (height == 2) tileOf<T>(2, 2, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else tileOf<T>(1, 2, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
  } else {
    if (TILE_ROWS == 6 && height == 6) tileOf<T>(6, 1, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (TILE_ROWS == 6 && height == 5) tileOf<T>(5, 1, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (height == 4) tileOf<T>(4, 1, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (height == 3) tileOf<T>(3, 1, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else if (height == 2) tileOf<T>(2, 1, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
    else tileOf<T>(1, 1, sideBySide, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
  }
}

/**
 * C += or = A·B for a tile of so many rows and vectors. Row i of A begins at a + rowsA[i] (rowsA[0] is
 * 0) and of C at c + rowsC[i]; terms lie `stepA` bytes apart in A, and in B, whose columns are contiguous,
 * `stepB` apart.
 */
export function tile<T>(
  height: i32,
  vectors: i32,
  k: i32,
  a: usize,
  rowsA: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  choose<T>(false, height, vectors, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
}

/** The same where A's rows lie side by side, as packing leaves them: instructions hold their offsets. */
export function tileSideBySide<T>(
  height: i32,
  vectors: i32,
  k: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  choose<T>(true, height, vectors, k, a, 0, stepA, b, stepB, c, rowsC, add);
}

/** `tile` of full height with two vectors: as most of a product consists of it, a function of its own. */
export function wholeTile<T>(
  k: i32,
  a: usize,
  rowsA: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  tileOf<T>(TILE_ROWS, 2, false, k, a, rowsA, stepA, b, stepB, c, rowsC, add);
}

/** `tileSideBySide` of full height with two vectors. */
export function wholeTileSideBySide<T>(
  k: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowsC: usize,
  add: bool,
): void {
  tileOf<T>(TILE_ROWS, 2, true, k, a, 0, stepA, b, stepB, c, rowsC, add);
}
