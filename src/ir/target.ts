/**
 * What a plan is made for. What stands under `caches` decides in which blocks a product is computed, and never
 * changes a bit of it: one document gives the same numbers on every processor. What stands under `rows` and
 * `tile` decides which steps run together and how a product is turned, and with that in which order terms are
 * added up: it belongs to a kind of engine, and is the same on all of its machines.
 */
import type { Caches, Dtype } from './plan.ts';

/** When steps that share their rows go through them a few at a time. Everything is counted in elements. */
export interface RowGroups {
  /** A row of fewer points is not worth its loops, nor are fewer points in all. */
  readonly row: number;
  readonly points: number;
  /** Points of a loop nest, and of a product, in one block of rows. */
  readonly nestBlock: number;
  readonly productBlock: number;
  /** A smaller result of a product is still in the cache when it is read; fewer rows would waste tiles. */
  readonly product: number;
  readonly productRows: number;
  /** So much of a product's right operand stays in the cache until the next block of rows meets it. */
  readonly rightOperand: number;
}

/** What the kernel of the matrix product likes: rows and columns of its tile, columns and terms of a block. */
export interface ProductTile {
  readonly rows: number;
  readonly columns: number;
  readonly blockColumns: number;
  readonly blockTerms: number;
  /** Cycles to call it for a tile and to store that. */
  readonly start: number;
}

export interface Target {
  readonly dtype: Dtype;
  readonly caches: Caches;
  readonly rows: RowGroups;
  readonly tile: ProductTile;
}

/**
 * No processor that is in use has less; larger ones gain nothing from larger blocks (measured on cores with
 * 512 KiB, 1 MiB and 2 MiB of second level: `npm run -s bench:engines -- --only matmul-1024,batched-64`).
 */
export const usualCaches: Caches = { first: 32 * 1024, second: 512 * 1024 };

/** 128-bit vectors of a processor, as src/numeric/wasm uses them. */
export const processor = (dtype: Dtype, caches: Caches = usualCaches): Target => ({
  dtype,
  caches,
  rows: {
    row: 16,
    points: 4096,
    nestBlock: 2048,
    productBlock: 8192,
    product: 16384,
    productRows: 24,
    rightOperand: 6144,
  },
  tile: { rows: 6, columns: 8, blockColumns: 512, blockTerms: 256, start: 60 },
});
