/**
 * The block sizes of the matrix product and the scratch memory they need. A block of A is packed so that
 * it stays in the second-level cache; each panel of a packed block of B stays in the first while it meets
 * all of A's strips (after F. Van Zee and R. van de Geijn, "BLIS: a framework for rapidly instantiating
 * BLAS functionality", ACM TOMS 41:3, 2015).
 */

/** Elements summed in one pass; also bounds how many roundings pile up before partial sums are added. */
export const KC: i32 = 256;
/** Bytes of a row of B in a packed block. */
export const NC_BYTES: i32 = 4096;
/** Bytes of a column of A in a packed block, at most: 24 strips of six float32, 36 of four. */
const MOST_MC_BYTES: i32 = 576;
/** Bytes of so many rows that they are whole strips of any tile in either precision. */
const MC_GRAIN: i32 = 96;

/** Bytes of a column of A in a packed block. */
export let columnBytesOfA: i32 = MOST_MC_BYTES;
/** B is used where it lies if it has no more bytes: half of the first-level cache. */
export let mostInPlace: i32 = 16384;

/**
 * Sizes of blocks for a processor with these caches, in bytes. Where rows of C are a power of two apart, only
 * one line for each 4096 bytes of the second-level cache can hold a row's part, and a tile leaves half of its
 * lines to the next panel: a block has three quarters as many rows, the rest is for A and B. No bit depends on it.
 */
export function setCaches(first: i32, second: i32): void {
  const rows = ((second / 4096) * 3) / 4;
  columnBytesOfA = max(MC_GRAIN, min(MOST_MC_BYTES, ((rows * 4) / MC_GRAIN) * MC_GRAIN));
  mostInPlace = first / 2;
}

/**
 * Rows and vectors of the tile that stays in registers. Of sixteen, twelve accumulators leave room for two
 * vectors of B and one element of A only where multiply-add is one instruction.
 */
export const TILE_ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
export const TILE_VECTORS: i32 = 2;
export const TILE_ROW_BYTES: i32 = TILE_VECTORS * 16;

const VECTOR: usize = 16;
const MOST_COLUMNS: usize = NC_BYTES / 4;
const MOST_ROWS: usize = MOST_MC_BYTES / 4;

// Where the parts of the scratch memory lie. Threads share the memory, so each has scratch of its own.

/** Offsets in bytes of rows, columns and terms within the operands, as many as one block has. */
export let rowsInA: usize = 0;
export let rowsInC: usize = 0;
export let rowsInEdge: usize = 0;
export let columnsInB: usize = 0;
export let columnsInC: usize = 0;
export let termsInA: usize = 0;
export let termsInB: usize = 0;
/** For each panel of columns: its address in B, the distance between terms; whether it is whole in C, and where. */
export const PANEL: usize = 16;
export let panels: usize = 0;
/** For each strip of rows: its address in A, its height, and where the offsets of its rows in A and C are listed. */
export const STRIP: usize = 16;
export let strips: usize = 0;
/** Stands for the list of a strip's rows in A where they lie side by side. */
export const SIDE_BY_SIDE: usize = 1;
/** A tile at the edge of C is computed here and its inner part copied. */
export let edgeTile: usize = 0;
export let packedA: usize = 0;
export let packedB: usize = 0;

/** From one packed panel to the next: a line of cache more than it takes, or many would share the same few sets. */
// @ts-ignore: decorator
@inline
export function panelPitch(depth: i32): i32 {
  return depth * TILE_ROW_BYTES + 64;
}

/** Lays the scratch memory out from here on; gives its end. */
export function placeScratch(at: usize): usize {
  rowsInA = at;
  rowsInC = rowsInA + 4 * MOST_ROWS;
  rowsInEdge = rowsInC + 4 * MOST_ROWS;
  columnsInB = rowsInEdge + 4 * 8;
  columnsInC = columnsInB + 4 * MOST_COLUMNS;
  termsInA = columnsInC + 4 * MOST_COLUMNS;
  termsInB = termsInA + 4 * <usize>KC;
  panels = termsInB + 4 * <usize>KC;
  strips = panels + (PANEL * MOST_COLUMNS) / 4;
  edgeTile = strips + (STRIP * MOST_ROWS) / 4;
  packedA = edgeTile + <usize>(8 * TILE_ROW_BYTES);
  // The last strip or panel may have room for more lines than it holds; a full vector may be read past it.
  packedB = packedA + <usize>KC * <usize>(MOST_MC_BYTES + 6 * sizeof<f64>()) + 4 * VECTOR;
  return packedB + <usize>panelPitch(KC) * (NC_BYTES / TILE_ROW_BYTES + 1) + 4 * VECTOR;
}
