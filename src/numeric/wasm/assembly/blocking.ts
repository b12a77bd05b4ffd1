/**
 * The block sizes of the matrix product and the scratch memory they need. B is packed block by block so
 * that it stays in the second-level cache, A panel by panel so that a panel stays in the first (after
 * K. Goto and R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34:3, 2008,
 * with the two inner loops exchanged: a panel of A is packed, used up and forgotten).
 */

/** Elements summed in one pass; also bounds how many roundings pile up before partial sums are added. */
export const KC: i32 = 256;
/** Columns of B in a packed block. */
export const NC: i32 = 512;

/**
 * Rows and vectors of the tile that stays in registers. Of sixteen, twelve accumulators leave room for two
 * vectors of B and one element of A only where multiply-add is one instruction.
 */
export const TILE_ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
export const TILE_VECTORS: i32 = 2;
export const TILE_ROW_BYTES: i32 = TILE_VECTORS * 16;

const VECTOR: usize = 16;

/** Offsets in bytes of rows, columns and terms within the operands, as many as one block has. */
export const rowsInA: usize = 0;
export const rowsInC: usize = rowsInA + 4 * 8;
export const rowsInEdge: usize = rowsInC + 4 * 8;
export const rowsInPanel: usize = rowsInEdge + 4 * 8;
export const columnsInB: usize = rowsInPanel + 4 * 8;
export const columnsInC: usize = columnsInB + 4 * <usize>NC;
export const termsInA: usize = columnsInC + 4 * <usize>NC;
export const termsInB: usize = termsInA + 4 * <usize>KC;
/** For each panel of columns: where it begins, and how far apart its terms lie. */
export const panels: usize = termsInB + 4 * <usize>KC;
/** A tile at the edge of C is computed here and its inner part copied. */
export const edgeTile: usize = panels + (8 * <usize>NC) / 4;
/** One panel of A. What its last row spills is never read. */
export const packedA: usize = edgeTile + <usize>(8 * TILE_ROW_BYTES);
export const packedB: usize = packedA + <usize>KC * 6 * sizeof<f64>() + 4 * VECTOR;
/** A full vector may be read past the last of the elements above. */
export const scratchEnd: usize = packedB + <usize>KC * <usize>(NC + 8) * sizeof<f64>() + 4 * VECTOR;
