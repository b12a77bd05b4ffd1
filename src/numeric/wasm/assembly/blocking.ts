/**
 * The block sizes of the matrix product and the scratch memory they need. A product is cut so that a
 * packed panel of A stays in the first-level cache and the packed block of B in the second (K. Goto and
 * R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34:3, 2008).
 */

/** Elements summed in one pass; also bounds how many roundings pile up before partial sums are added. */
export const KC: i32 = 256;
/** Rows of A in a packed block. */
export const MC: i32 = 96;
/** Bytes of a row of the packed block of B: 1024 float32 or 512 float64. */
export const NC_BYTES: i32 = 4096;

/** Rows and vectors of the tile that stays in registers: 4 × 8 float32 or 4 × 4 float64. */
export const TILE_ROWS: i32 = 4;
export const TILE_VECTORS: i32 = 2;
export const TILE_ROW_BYTES: i32 = TILE_VECTORS * 16;

export const packedB: usize = 0;
export const packedA: usize = packedB + <usize>(KC * NC_BYTES);
/** A tile at the edge of C is computed here and its inner part copied. */
export const edgeTile: usize = packedA + <usize>(KC * MC * sizeof<f64>());
/** One strided row or column of at most KC elements, made contiguous. */
export const packedRow: usize = edgeTile + <usize>(TILE_ROWS * TILE_ROW_BYTES);
/** A full vector may be read past the last of the elements above. */
export const scratchEnd: usize = packedRow + <usize>(KC * sizeof<f64>()) + 64;
