/**
 * The product of two tensors as one matrix product over their axes where they lie. Which operand gives
 * the rows, and in which order axes that play one role follow each other, changes only how far apart in
 * memory the kernel works; so the arrangement with the lowest estimate of its time is taken.
 */

import type { ProductTile } from '../../../ir/target.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { type NamedAxisView, type Strided, strideAlong, stridesOf } from './named-axis-view.ts';

/** Labels by the role they play, outermost first. `swapped`: the second operand gives the rows. */
export interface Arrangement {
  readonly swapped: boolean;
  readonly batch: readonly number[];
  readonly m: readonly number[];
  readonly n: readonly number[];
  readonly k: readonly number[];
  /** An estimate of its time, in cycles of a processor that does two multiply-adds of a vector in each. */
  readonly cost: number;
}

export type LabelSizes = readonly number[];

const count = (labels: readonly number[], sizes: LabelSizes) =>
  labels.reduce((p, label) => p * (sizes[label] as number), 1);

/** The numbers of rows, columns and summed terms of a · b, whose result has the labels of c. */
export function extents(a: Strided, b: Strided, c: readonly number[], sizes: LabelSizes) {
  const shared = a.labels.filter((l) => b.labels.includes(l));
  return {
    m: count(
      a.labels.filter((l) => !shared.includes(l)),
      sizes,
    ),
    n: count(
      b.labels.filter((l) => !shared.includes(l)),
      sizes,
    ),
    k: count(
      shared.filter((l) => !c.includes(l)),
      sizes,
    ),
  };
}

export function arrange(
  a: Strided,
  b: Strided,
  c: Strided,
  sizes: LabelSizes,
  tile: ProductTile,
): Arrangement {
  const both = [...asRows(a, b, c, sizes, tile, false), ...asRows(b, a, c, sizes, tile, true)];
  return both.reduce((best, next) => (next.cost < best.cost ? next : best));
}

/** The arrangements with a's own axes as rows. */
function asRows(
  a: Strided,
  b: Strided,
  c: Strided,
  sizes: LabelSizes,
  tile: ProductTile,
  swapped: boolean,
): Arrangement[] {
  const falling = (by: Strided, labels: readonly number[]) =>
    [...labels].sort((x, y) => Math.abs(strideAlong(by, y)) - Math.abs(strideAlong(by, x)));
  // What an operand merely repeats along an axis, it need not be asked for again at each place of it.
  const isOn = (f: Strided, label: number) =>
    f.labels.includes(label) && (strideAlong(f, label) !== 0 || !c.labels.includes(label));
  const batch: number[] = [];
  const [m, n, k]: number[][] = [[], [], []];
  for (const label of new Set([...a.labels, ...b.labels])) {
    if (!c.labels.includes(label)) k?.push(label);
    else if (isOn(a, label) === isOn(b, label)) batch.push(label);
    else (isOn(a, label) ? m : n)?.push(label);
  }
  const roles = {
    swapped,
    batch: falling(c, batch),
    m: falling(c, m as number[]),
    n: falling(c, n as number[]),
  };
  const terms = k as number[];
  const orders = terms.length < 2 ? [terms] : [falling(a, terms), falling(b, terms)];
  return orders.map((order) => {
    const arrangement = { ...roles, k: order };
    return { ...arrangement, cost: price(arrangement, a, b, c, sizes, tile) };
  });
}

function price(
  { batch, m, n, k }: Omit<Arrangement, 'cost'>,
  a: Strided,
  b: Strided,
  c: Strided,
  sizes: LabelSizes,
  tile: ProductTile,
): number {
  const { rows: R, columns: V } = tile;
  const [M, N, K] = [count(m, sizes), count(n, sizes), count(k, sizes)];
  // A tile of fewer than four rows waits for its own sums.
  const rows = R * Math.floor(M / R) + (M % R === 0 ? 0 : Math.max(4, M % R));
  const rest = N % V;
  const panels = Math.floor(N / V) + (rest > V / 2 ? 1 : rest > 0 ? 0.7 : 0);
  const passes = Math.ceil(K / tile.blockTerms);
  const evenTerms = (f: Strided) => run(f, k, sizes) === K;

  const packingB =
    M <= 2 * R && evenTerms(b) && run(b, n, sizes) === N ? 0 : K * N * gathering(b, n, k, sizes, V);
  const packingA = evenTerms(a) ? 0 : K * M * Math.ceil(N / tile.blockColumns) * gathering(a, m, k, sizes, V);
  // Panels of columns that are not whole and side by side in the result are written one number at a time.
  const side = run(c, n, sizes);
  const scattered = side === N ? rest / N : side % V === 0 ? 0 : Math.min(1, V / side);
  const writing = M * N * passes * (0.25 + 3 * scattered);
  const starting = tile.start * passes * Math.ceil(M / R) * Math.ceil(N / V);
  return count(batch, sizes) * (K * rows * panels + starting + packingA + packingB + writing);
}

/** How many elements lie side by side along these labels, the innermost last. */
function run(f: Strided, labels: readonly number[], sizes: LabelSizes): number {
  let length = 1;
  for (const label of labels.toReversed()) {
    if (sizes[label] === 1) continue;
    if (strideAlong(f, label) !== length) break;
    length *= sizes[label] as number;
  }
  return length;
}

/** Cycles to pack an element: by whole vectors, by squares that are transposed, or alone. */
function gathering(
  f: Strided,
  lines: readonly number[],
  terms: readonly number[],
  sizes: LabelSizes,
  width: number,
): number {
  const side = run(f, lines, sizes);
  if (side >= 2 * width) return 0.35;
  if (side >= width / 2 || run(f, terms, sizes) >= width / 2) return 0.6;
  return 1.3;
}

/** Adds the step. `out` has the labels of the result. */
export function pushProduct(
  plan: PlanBuilder,
  first: NamedAxisView,
  second: NamedAxisView,
  out: NamedAxisView,
  { swapped, batch, m, n, k }: Arrangement,
  { sizes, scale }: { sizes: LabelSizes; scale: number },
): void {
  const [a, b] = swapped ? [second, first] : [first, second];
  const operand = (f: NamedAxisView, labels: readonly number[]) => ({
    buffer: f.view.buffer,
    offset: f.view.offset,
    strides: labels.map((l) => strideAlong(stridesOf(f), l)),
  });
  const lengths = (labels: readonly number[]) => labels.map((l) => sizes[l] as number);
  plan.push({
    kind: 'gemm',
    batch: lengths(batch),
    m: lengths(m),
    n: lengths(n),
    k: lengths(k),
    a: operand(a, [...batch, ...m, ...k]),
    b: operand(b, [...batch, ...k, ...n]),
    c: operand(out, [...batch, ...m, ...n]),
    scale,
    flops: count([...batch, ...m, ...n, ...k], sizes),
  });
}
