/**
 * The innermost kernels: a tile of four rows by two vectors held in registers while k runs. Eight
 * accumulators, two vectors of B and one element of A spread over a vector: eleven of sixteen registers.
 */
import { TILE_ROWS } from './blocking';

/** One row of the tile leaves the registers. */
// @ts-ignore: decorator
@inline
function keep<T>(c: usize, x: v128, y: v128, scale: v128, add: bool): void {
  x = v128.mul<T>(x, scale);
  y = v128.mul<T>(y, scale);
  if (add) {
    x = v128.add<T>(v128.load(c), x);
    y = v128.add<T>(v128.load(c, 16), y);
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

/** A panel of A (4 elements for each k) times a panel of B (2 vectors for each k), both packed. */
export function packedTile<T>(k: i32, a: usize, b: usize, c: usize, cr: i32, scale: v128, add: bool): void {
  const zero = v128.splat<T>(0 as T);
  let x0 = zero,
    y0 = zero,
    x1 = zero,
    y1 = zero,
    x2 = zero,
    y2 = zero,
    x3 = zero,
    y3 = zero;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<T>(a);
    x0 = v128.add<T>(x0, v128.mul<T>(a0, b0));
    y0 = v128.add<T>(y0, v128.mul<T>(a0, b1));
    const a1 = v128.load_splat<T>(a, sizeof<T>());
    x1 = v128.add<T>(x1, v128.mul<T>(a1, b0));
    y1 = v128.add<T>(y1, v128.mul<T>(a1, b1));
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    x2 = v128.add<T>(x2, v128.mul<T>(a2, b0));
    y2 = v128.add<T>(y2, v128.mul<T>(a2, b1));
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    x3 = v128.add<T>(x3, v128.mul<T>(a3, b0));
    y3 = v128.add<T>(y3, v128.mul<T>(a3, b1));
    a += TILE_ROWS * sizeof<T>();
    b += 32;
  }
  keep<T>(c, x0, y0, scale, add);
  keep<T>(c + cr, x1, y1, scale, add);
  keep<T>(c + 2 * cr, x2, y2, scale, add);
  keep<T>(c + 3 * cr, x3, y3, scale, add);
}

/** The same straight from a strided A and from B's contiguous rows; of the four rows, `rows` exist. */
export function stridedTile<T>(
  k: i32,
  a: usize,
  ar: i32,
  rows: i32,
  ac: i32,
  b: usize,
  br: i32,
  c: usize,
  cr: i32,
  scale: v128,
  add: bool,
): void {
  const zero = v128.splat<T>(0 as T);
  let x0 = zero,
    y0 = zero,
    x1 = zero,
    y1 = zero,
    x2 = zero,
    y2 = zero,
    x3 = zero,
    y3 = zero;
  // A row that does not exist reads the last that does; its sums are thrown away.
  const r1 = ar * min(1, rows - 1);
  const r2 = ar * min(2, rows - 1);
  const r3 = ar * min(3, rows - 1);
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<T>(a);
    x0 = v128.add<T>(x0, v128.mul<T>(a0, b0));
    y0 = v128.add<T>(y0, v128.mul<T>(a0, b1));
    const a1 = v128.load_splat<T>(a + r1);
    x1 = v128.add<T>(x1, v128.mul<T>(a1, b0));
    y1 = v128.add<T>(y1, v128.mul<T>(a1, b1));
    const a2 = v128.load_splat<T>(a + r2);
    x2 = v128.add<T>(x2, v128.mul<T>(a2, b0));
    y2 = v128.add<T>(y2, v128.mul<T>(a2, b1));
    const a3 = v128.load_splat<T>(a + r3);
    x3 = v128.add<T>(x3, v128.mul<T>(a3, b0));
    y3 = v128.add<T>(y3, v128.mul<T>(a3, b1));
    a += ac;
    b += br;
  }
  keep<T>(c, x0, y0, scale, add);
  keep<T>(c + cr, x1, y1, scale, add);
  keep<T>(c + 2 * cr, x2, y2, scale, add);
  keep<T>(c + 3 * cr, x3, y3, scale, add);
}
