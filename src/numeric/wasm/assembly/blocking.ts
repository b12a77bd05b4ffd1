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

// Where the parts of the scratch memory lie. Threads share the memory, so each has scratch of its own.

/** Offsets in bytes of rows, columns and terms within the operands, as many as one block has. */
export let rowsInA: usize = 0;
export let rowsInC: usize = 0;
export let rowsInEdge: usize = 0;
export let rowsInPanel: usize = 0;
export let columnsInB: usize = 0;
export let columnsInC: usize = 0;
export let termsInA: usize = 0;
export let termsInB: usize = 0;
/** For each panel of columns: its address in B, the distance between terms, whether it is whole and contiguous in C, and where. */
export const PANEL: usize = 16;
export let panels: usize = 0;
/** A tile at the edge of C is computed here and its inner part copied. */
export let edgeTile: usize = 0;
/** One panel of A. What its last row spills is never read. */
export let packedA: usize = 0;
export let packedB: usize = 0;

/** Lays the scratch memory out from here on; gives its end. */
export function useScratch(at: usize): usize {
  rowsInA = at;
  rowsInC = rowsInA + 4 * 8;
  rowsInEdge = rowsInC + 4 * 8;
  rowsInPanel = rowsInEdge + 4 * 8;
  columnsInB = rowsInPanel + 4 * 8;
  columnsInC = columnsInB + 4 * <usize>NC;
  termsInA = columnsInC + 4 * <usize>NC;
  termsInB = termsInA + 4 * <usize>KC;
  panels = termsInB + 4 * <usize>KC;
  edgeTile = panels + (PANEL * <usize>NC) / 4;
  packedA = edgeTile + <usize>(8 * TILE_ROW_BYTES);
  packedB = packedA + <usize>KC * 6 * sizeof<f64>() + 4 * VECTOR;
  // A full vector may be read past the last of the elements above.
  return packedB + <usize>KC * <usize>(NC + 8) * sizeof<f64>() + 4 * VECTOR;
}
