/**
 * C = scale · A·B for matrices with any strides (C's columns contiguous): chooses the kernel that the
 * sizes and strides ask for. Transposes cost nothing, because packing and the row kernels take strides.
 *
 * Kernels may read up to one tile row past the last column of an operand: the memory has room for it,
 * and what comes of those elements is thrown away.
 */
import {
  edgeTile,
  KC,
  MC,
  NC_BYTES,
  packedA,
  packedB,
  packedRow,
  TILE_ROWS,
  TILE_ROW_BYTES,
} from './blocking';
import { packPanel } from './pack';
import { dots, rowTimesMatrix } from './rows';
import { packedTile, stridedTile } from './tile';

/** Below so many multiply-adds, packing costs more than it saves. */
const SMALL: i64 = 1 << 11;

export function gemm<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ar: i32,
  ac: i32,
  b: usize,
  br: i32,
  bc: i32,
  c: usize,
  cr: i32,
  scale: T,
): void {
  const factor = v128.splat<T>(scale);
  let done: i32 = 0;
  do {
    const kc = min(KC, k - done);
    block<T>(m, n, kc, a, ar, ac, b, br, bc, c, cr, factor, done > 0);
    a += ac * kc;
    b += br * kc;
    done += KC;
  } while (done < k);
}

/** One pass over at most KC terms of the sums; `add` to what C holds, or overwrite it. */
function block<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ar: i32,
  ac: i32,
  b: usize,
  br: i32,
  bc: i32,
  c: usize,
  cr: i32,
  scale: v128,
  add: bool,
): void {
  const S = sizeof<T>() as i32;
  if (m <= 2 && br == S) {
    // Few rows against contiguous columns of B.
    for (let i: i32 = 0; i < m; i++) {
      const row = contiguous<T>(k, a + ar * i, ac);
      dots<T>(n, k, b, bc, row, c + cr * i, S, scale, add);
    }
  } else if (n <= 2 && ac == S) {
    // Contiguous rows of A against few columns.
    for (let j: i32 = 0; j < n; j++) {
      const column = contiguous<T>(k, b + bc * j, br);
      dots<T>(m, k, a, ar, column, c + S * j, cr, scale, add);
    }
  } else if (m == 1 && bc == S) {
    rowTimesMatrix<T>(n, k, a, ac, b, br, c, scale, add);
  } else if (n == 1 && ar == S && cr == S) {
    rowTimesMatrix<T>(m, k, b, br, a, ac, c, scale, add);
  } else if (bc == S && (m < 2 * TILE_ROWS || (m as i64) * n * k < SMALL)) {
    direct<T>(m, n, k, a, ar, ac, b, br, c, cr, scale, add);
  } else {
    packed<T>(m, n, k, a, ar, ac, b, br, bc, c, cr, scale, add);
  }
}

/** The elements side by side: where they are, or copied to scratch. */
function contiguous<T>(count: i32, from: usize, stride: i32): usize {
  if (stride == sizeof<T>()) return from;
  for (let i: i32 = 0; i < count; i++) {
    store<T>(packedRow + i * sizeof<T>(), load<T>(from));
    from += stride;
  }
  return packedRow;
}

/** Small products: tiles straight from A and from B's contiguous rows. */
function direct<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ar: i32,
  ac: i32,
  b: usize,
  br: i32,
  c: usize,
  cr: i32,
  scale: v128,
  add: bool,
): void {
  const NR = (TILE_ROW_BYTES / sizeof<T>()) as i32;
  for (let i: i32 = 0; i < m; i += TILE_ROWS) {
    const rows = min(TILE_ROWS, m - i);
    const at = a + ar * i;
    for (let j: i32 = 0; j < n; j += NR) {
      const columns = min(NR, n - j);
      const from = b + j * sizeof<T>();
      const to = c + cr * i + j * sizeof<T>();
      if (rows == TILE_ROWS && columns == NR) {
        stridedTile<T>(k, at, ar, TILE_ROWS, ac, from, br, to, cr, scale, add);
      } else {
        stridedTile<T>(k, at, ar, rows, ac, from, br, edgeTile, TILE_ROW_BYTES, scale, false);
        copyEdge<T>(rows, columns, to, cr, add);
      }
    }
  }
}

/** Large products: blocks of B and A packed into panels that the tile kernel runs along. */
function packed<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ar: i32,
  ac: i32,
  b: usize,
  br: i32,
  bc: i32,
  c: usize,
  cr: i32,
  scale: v128,
  add: bool,
): void {
  const NR = (TILE_ROW_BYTES / sizeof<T>()) as i32;
  const NC = (NC_BYTES / sizeof<T>()) as i32;
  for (let jc: i32 = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let j: i32 = 0; j < nc; j += NR) {
      packPanel<T>(NR, b + bc * (jc + j), bc, br, nc - j, k, packedB + j * k * sizeof<T>());
    }
    for (let ic: i32 = 0; ic < m; ic += MC) {
      const mc = min(MC, m - ic);
      for (let i: i32 = 0; i < mc; i += TILE_ROWS) {
        packPanel<T>(TILE_ROWS, a + ar * (ic + i), ar, ac, mc - i, k, packedA + i * k * sizeof<T>());
      }
      for (let j: i32 = 0; j < nc; j += NR) {
        const columns = min(NR, nc - j);
        const panelB = packedB + j * k * sizeof<T>();
        for (let i: i32 = 0; i < mc; i += TILE_ROWS) {
          const rows = min(TILE_ROWS, mc - i);
          const panelA = packedA + i * k * sizeof<T>();
          const to = c + cr * (ic + i) + (jc + j) * sizeof<T>();
          if (rows == TILE_ROWS && columns == NR) {
            packedTile<T>(k, panelA, panelB, to, cr, scale, add);
          } else {
            packedTile<T>(k, panelA, panelB, edgeTile, TILE_ROW_BYTES, scale, false);
            copyEdge<T>(rows, columns, to, cr, add);
          }
        }
      }
    }
  }
}

/** The part of the edge tile that lies in C. */
function copyEdge<T>(rows: i32, columns: i32, c: usize, cr: i32, add: bool): void {
  for (let i: i32 = 0; i < rows; i++) {
    for (let j: i32 = 0; j < columns; j++) {
      const value = load<T>(edgeTile + i * TILE_ROW_BYTES + j * sizeof<T>());
      const to = c + cr * i + j * sizeof<T>();
      store<T>(to, add ? load<T>(to) + value : value);
    }
  }
}
