/** What a tile of the matrix product does with vectors in registers. */

/** total + a · b; rounded once where the processor can. */
// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(a: v128, b: v128, total: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<T>(a, b, total) : v128.add<T>(total, v128.mul<T>(a, b));
}

/** One row of the tile leaves the registers. */
// @ts-ignore: decorator
@inline
export function keep<T>(V: i32, to: usize, x: v128, y: v128): void {
  v128.store(to, x);
  if (V > 1) v128.store(to, y, 16);
}

/** One row of the tile is added to what is there. */
// @ts-ignore: decorator
@inline
export function keepSum<T>(V: i32, to: usize, x: v128, y: v128): void {
  v128.store(to, v128.add<T>(v128.load(to), x));
  if (V > 1) v128.store(to, v128.add<T>(v128.load(to, 16), y), 16);
}
