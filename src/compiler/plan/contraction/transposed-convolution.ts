/**
 * Transposed convolution: a product whose windows are added up where they overlap (col2im), the gradient of a
 * convolution by its input. Read the other way round it is a convolution too: an element of the result is reached by the same
 * offsets of windows as its neighbours a stride away, at neighbouring positions, so all of these are one
 * product that sums over those offsets too (one for each residue class of positions modulo the stride). The tensor of all windows, several times as large as the result, is never made, and each
 * element is written once. Where windows lie half outside, positions that do not exist are read as zeros.
 */
import { type ContractOp, elements, type FoldOp, type Program, type ValueId } from '../../../ir/program.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { memoryOrder, type StridedView, stridesInOrder } from '../view.ts';
import { dense } from './choose-layouts.ts';
import { diagonal, type NamedAxisView, type Strided, stridesOf } from './named-axis-view.ts';
import { type Arrangement, arrange, extents, pushProduct } from './product.ts';
import {
  combinations,
  copyInside,
  foldedAxis,
  type Part,
  partOf,
  type ResidueClass,
  withMargins,
} from './residue-classes.ts';

/** An axis of the result: a label of the product, or positions and offsets of windows added up. */
type Axis = number | { readonly position: number; readonly offset: number; readonly fold: FoldOp };

export interface FoldOfProduct {
  readonly product: ContractOp;
  readonly axes: readonly Axis[];
  /** The values that are never stored: the product, and what lies between it and the result. */
  readonly inside: readonly ValueId[];
}

/** The folds whose argument is a product that nobody else reads. */
export function findFoldsOfProducts(program: Program, uses: readonly number[]): Map<ValueId, FoldOfProduct> {
  const found = new Map<ValueId, FoldOfProduct>();
  for (const [id, op] of program.ops.entries()) {
    if (op.kind !== 'fold') continue;
    const folded = read(program, uses, id);
    if (folded === undefined) continue;
    for (const value of folded.inside) found.delete(value);
    found.set(id, folded);
  }
  return found;
}

/** A value as a product whose axes were permuted and folded; undefined where it is none. */
function read(program: Program, uses: readonly number[], id: ValueId): FoldOfProduct | undefined {
  const op = program.ops[id];
  if (op?.kind === 'contract' && op.args.length === 2) {
    const isPlain = new Set(op.output).size === op.output.length;
    return isPlain ? { product: op, axes: op.output, inside: [] } : undefined;
  }
  const source = op?.kind === 'fold' ? op.arg : op?.kind === 'contract' ? op.args[0] : undefined;
  if (op === undefined || source === undefined || uses[source] !== 1) return undefined;
  const inner = read(program, uses, source);
  if (inner === undefined) return undefined;
  const inside = [...inner.inside, source];
  if (op.kind === 'fold') {
    const [position, offset] = inner.axes.slice(op.axis, op.axis + 2);
    if (typeof position !== 'number' || typeof offset !== 'number') return undefined;
    return { ...inner, axes: inner.axes.toSpliced(op.axis, 2, { position, offset, fold: op }), inside };
  }
  if (op.kind !== 'contract' || op.args.length !== 1 || op.scale !== 1) return undefined;
  const [labels = []] = op.inputs;
  const isPermutation =
    labels.length === op.output.length && new Set([...labels, ...op.output]).size === labels.length;
  if (!isPermutation || new Set(op.output).size !== labels.length) return undefined;
  return { ...inner, axes: op.output.map((label) => inner.axes[labels.indexOf(label)] as Axis), inside };
}

/** Products for more classes than this take longer to describe than they save. */
const MOST_PRODUCTS = 49;
/** Cycles to add an element of a window to the result, and to copy one between margins of zeros. */
const [ADDING, COPYING] = [2, 1.5];

/** The result, if it is cheaper so than by way of all windows; else undefined, and no step is added. */
export function planTransposedConvolution(
  plan: PlanBuilder,
  { product, axes }: FoldOfProduct,
  shape: readonly number[],
  views: readonly StridedView[],
): StridedView | undefined {
  const { sizes, scale, output } = product;
  const [a, b] = views.map((view, k) => diagonal(view, product.inputs[k] as readonly number[])) as [
    NamedAxisView,
    NamedAxisView,
  ];
  const folds = axes.flatMap((axis, d) =>
    typeof axis === 'number' ? [] : [foldedAxis(axis, shape[d] as number, sizes)],
  );
  const ours = (f: NamedAxisView) =>
    folds.every(({ position, offset }) => f.labels.includes(position) && !f.labels.includes(offset));
  const theirs = (f: NamedAxisView) =>
    folds.every(({ position, offset }) => f.labels.includes(offset) && !f.labels.includes(position));
  const [read, weights] = ours(a) ? [a, b] : [b, a];
  const labels = new Set([...a.labels, ...b.labels]);
  if (!ours(read) || !theirs(weights) || output.some((label) => !labels.has(label))) return undefined;

  const margined = withMargins(read, folds);
  const names = axes.map((axis) => (typeof axis === 'number' ? axis : axis.position));
  // What the weights add lies innermost: whole columns of the products, side by side.
  const asRead = plan.without.has('memoryOrder') ? [] : memoryOrder(read.view);
  const falling = asRead.map((d) => read.labels[d] as number);
  const own = falling.filter((label) => names.includes(label));
  const order = [...own, ...names.filter((label) => !own.includes(label))].map((label) =>
    names.indexOf(label),
  );
  const strides = stridesInOrder(shape, order);
  const whole: NamedAxisView = { view: { buffer: -1, offset: 0, shape, strides }, labels: names };
  const parts = combinations(folds.map(({ classes }) => classes)).map((chosen) => {
    const part = folds.reduce<Part>((part, fold, i) => partOf(part, fold, chosen[i] as ResidueClass), {
      read: margined,
      weights,
      out: whole,
      sizes,
    });
    const strides = [part.read, part.weights, part.out].map(stridesOf) as [Strided, Strided, Strided];
    return { ...part, strides, isReached: chosen.every(({ taps }) => taps > 0) };
  });
  const products = parts.filter(({ isReached }) => isReached);
  const isProduct = ({ strides: [x, y, c], sizes }: (typeof parts)[number]) => {
    const { m, n, k } = extents(x, y, c.labels, sizes);
    return Math.min(m, n, k) >= 2;
  };
  if (products.length > MOST_PRODUCTS || !products.every(isProduct)) return undefined;
  const arrangements = products.map(({ strides, sizes }) => arrange(...strides, sizes, plan.target.tile));
  const detour = arrange(stridesOf(a), stridesOf(b), dense(output, sizes), sizes, plan.target.tile);
  const margins = margined === read ? 0 : COPYING * elements(margined.view.shape);
  const cost = arrangements.reduce((sum, { cost }) => sum + cost, margins);
  if (cost >= detour.cost + ADDING * elements(output.map((label) => sizes[label] as number)))
    return undefined;

  const source = margined === read ? read.view : copyInside(plan, read, margined, folds);
  const { buffer } = plan.allocate(order.map((d) => shape[d] as number));
  const out = { ...whole.view, buffer };
  if (products.length < parts.length) plan.clear(out);
  for (const [i, part] of products.entries())
    pushProduct(
      plan,
      onBuffer(part.read, source),
      part.weights,
      onBuffer(part.out, out),
      arrangements[i] as Arrangement,
      { sizes: part.sizes, scale },
    );
  return out;
}

/** A tensor that was described before it had a buffer. */
const onBuffer = ({ view, labels }: NamedAxisView, { buffer }: StridedView): NamedAxisView => ({
  view: { ...view, buffer },
  labels,
});
