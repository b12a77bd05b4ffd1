/**
 * Chooses the order of axes of every intermediate tensor of a contraction together: what is cheap to
 * write for one pair may be expensive to read for the next. For each intermediate a few orders that its reader
 * would like, or its writer; by dynamic programming over the tree of pairs, the cheapest choice of all.
 */
import type { ProductTile } from '../../../ir/target.ts';
import { denseStrides } from '../view.ts';
import { type Strided, strideAlong } from './named-axis-view.ts';
import { arrange, extents, type LabelSizes } from './product.ts';

/** A pair of the tree: its operands (leaves first, then results in order) and the labels it keeps. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly labels: readonly number[];
}

export const dense = (labels: readonly number[], sizes: LabelSizes): Strided => ({
  labels,
  strides: denseStrides(labels.map((l) => sizes[l] as number)),
});

/** A tensor laid out in one way, the cheapest way to have it so, and how its operands are laid out then. */
interface Choice {
  readonly layout: Strided;
  readonly cost: number;
  readonly operands?: readonly [Choice, Choice];
}

/** Each pair's order of axes; the last pair's is `wanted`. */
export function chooseLayouts(
  leaves: readonly Strided[],
  pairs: readonly Pair[],
  wanted: readonly number[],
  sizes: LabelSizes,
  tile: ProductTile,
): (readonly number[])[] {
  const tensors: Choice[][] = leaves.map((layout) => [{ layout, cost: 0 }]);
  for (const [i, pair] of pairs.entries()) {
    const isLast = i === pairs.length - 1;
    const orders = isLast ? [wanted] : candidateOrders(leaves, pairs, i, sizes);
    tensors.push(
      orders.map((order) => cheapest(dense(order, sizes), tensors[pair.a], tensors[pair.b], sizes, tile)),
    );
  }
  const chosen: (readonly number[])[] = [];
  const visit = ({ layout, operands }: Choice, at: number): void => {
    if (operands === undefined) return;
    const { a, b } = pairs[at - leaves.length] as Pair;
    chosen[at - leaves.length] = layout.labels;
    visit(operands[0], a);
    visit(operands[1], b);
  };
  visit(tensors.at(-1)?.[0] as Choice, tensors.length - 1);
  return chosen;
}

function cheapest(
  layout: Strided,
  lefts: readonly Choice[] = [],
  rights: readonly Choice[] = [],
  sizes: LabelSizes,
  tile: ProductTile,
): Choice {
  let best: Choice | undefined;
  for (const left of lefts)
    for (const right of rights) {
      const cost = left.cost + right.cost + costOf(left.layout, right.layout, layout, sizes, tile);
      if (best === undefined || cost < best.cost) best = { layout, cost, operands: [left, right] };
    }
  return best as Choice;
}

/** Pairs that are no matrix products run as loops, in whatever order. */
function costOf(a: Strided, b: Strided, c: Strided, sizes: LabelSizes, tile: ProductTile): number {
  const { m, n, k } = extents(a, b, c.labels, sizes);
  return Math.min(m, n, k) < 2 ? 0 : arrange(a, b, c, sizes, tile).cost;
}

/** Orders for the result of pair i: its reader's summed axes inside, or outside, or as its writer has them. */
function candidateOrders(
  leaves: readonly Strided[],
  pairs: readonly Pair[],
  i: number,
  sizes: LabelSizes,
): (readonly number[])[] {
  const { labels } = pairs[i] as Pair;
  const at = leaves.length + i;
  const reader = pairs.find(({ a, b }) => a === at || b === at) as Pair;
  const other = reader.a === at ? reader.b : reader.a;
  const partner = leaves[other] ?? dense(pairs[other - leaves.length]?.labels ?? [], sizes);
  const batch = labels.filter((l) => partner.labels.includes(l) && reader.labels.includes(l));
  const own = labels.filter((l) => !partner.labels.includes(l));
  const summed = labels
    .filter((l) => partner.labels.includes(l) && !reader.labels.includes(l))
    .sort((x, y) => strideAlong(partner, y) - strideAlong(partner, x));
  const orders = [[...batch, ...own, ...summed], [...batch, ...summed, ...own], labels];
  return [...new Map(orders.map((order) => [order.join(), order])).values()];
}
