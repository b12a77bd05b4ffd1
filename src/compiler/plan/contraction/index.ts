/**
 * Lowers a contraction to steps: finds the order of its pairs, then makes of each pair a batched
 * matrix product where it is one, and a loop nest where it is not. Products read and write any axes
 * where they lie; the orders of axes of intermediates are chosen for the whole tree of pairs together.
 */
import { createPathCache } from '../../../contraction/index.ts';
import { arg, e } from '../../../ir/expr.ts';
import { type ContractOp, elements } from '../../../ir/program.ts';
import type { DraftBuffer, PlanBuilder } from '../plan-builder.ts';
import { memoryOrder, type StridedView } from '../view.ts';
import { chooseLayouts, type Pair } from './choose-layouts.ts';
import { arranged, diagonal, type NamedAxisView, sizeOf, strideOf, stridesOf } from './named-axis-view.ts';
import { arrange, extents, pushProduct } from './product.ts';

/** Compiled anew after every edit, most contractions are old acquaintances. Results do not depend on it. */
const findPath = createPathCache();

export function planContraction(
  plan: PlanBuilder,
  op: ContractOp,
  views: readonly StridedView[],
): StridedView {
  const wanted = [...new Set(op.output)];
  const factors = views.map((view, k) => diagonal(view, op.inputs[k] as readonly number[]));
  const present = new Set(factors.flatMap((f) => f.labels));
  const order = wanted.filter((label) => present.has(label));
  const result =
    factors.length === 1
      ? alone(plan, factors[0] as NamedAxisView, order, op.scale)
      : together(plan, factors, order, op);
  return spread(plan, result, op);
}

/** One operand: sums what is not kept, and scales. A mere permutation costs nothing. */
function alone(
  plan: PlanBuilder,
  factor: NamedAxisView,
  kept: readonly number[],
  scale: number,
): NamedAxisView {
  const summed = factor.labels.filter((label) => !kept.includes(label));
  if (summed.length === 0 && scale === 1) return arranged(factor, kept);
  return sumOver(plan, [factor], kept, summed, scale);
}

/** A loop nest over the product of one or two factors; kept labels in this order, dense. */
function sumOver(
  plan: PlanBuilder,
  factors: readonly NamedAxisView[],
  kept: readonly number[],
  summed: readonly number[],
  scale: number,
): NamedAxisView {
  const size = (label: number) =>
    sizeOf(factors.find((f) => f.labels.includes(label)) as NamedAxisView, label);
  // The innermost summed axis should be the one that lies closest in memory.
  const nearest = (label: number) => Math.max(...factors.map((f) => Math.abs(strideOf(f, label))));
  const inner = [...summed].sort((a, b) => nearest(b) - nearest(a));
  const out = plan.allocate(kept.map(size));
  const strides = (f: NamedAxisView) => [...kept, ...inner].map((label) => strideOf(f, label));
  plan.nest({
    kept: kept.map(size),
    reduced: inner.map(size),
    operands: factors.map((f) => ({ buffer: f.view.buffer, offset: f.view.offset, strides: strides(f) })),
    out,
    expr: factors.length === 1 ? arg(0) : e.mul(arg(0), arg(1)),
    scale,
  });
  return { view: out, labels: kept };
}

/** Several operands: pair by pair along the path that was found. */
function together(
  plan: PlanBuilder,
  factors: readonly NamedAxisView[],
  wanted: readonly number[],
  { sizes, scale, path }: ContractOp,
): NamedAxisView {
  // What stands on one operand only, and is not wanted, is summed first.
  const tensors = factors.map((factor, k) => {
    const kept = factor.labels.filter(
      (label) => wanted.includes(label) || factors.some((f, j) => j !== k && f.labels.includes(label)),
    );
    return kept.length === factor.labels.length ? factor : alone(plan, factor, kept, 1);
  });
  const leaves = tensors.map(stridesOf);
  const found =
    tensors.length === 2
      ? [[0, 1] as const]
      : (path ?? findPath({ inputs: leaves.map((f) => f.labels), output: wanted, sizes }).path);
  const pairs = labelsOfPairs(
    leaves.map((f) => f.labels),
    found,
    wanted,
  );
  const orders = plan.without.has('memoryOrder')
    ? [...pairs.slice(0, -1).map(({ labels }) => labels), wanted]
    : pairs.length === 1
      ? [orderOfResult(plan, tensors as [NamedAxisView, NamedAxisView], wanted, sizes)]
      : chooseLayouts(leaves, pairs, wanted, sizes, plan.target.tile);
  for (const [i, { a, b }] of pairs.entries()) {
    const isLast = i === pairs.length - 1;
    const [left, right] = [tensors[a] as NamedAxisView, tensors[b] as NamedAxisView];
    tensors.push(multiply(plan, left, right, orders[i] as readonly number[], sizes, isLast ? scale : 1));
  }
  return tensors.at(-1) as NamedAxisView;
}

/**
 * The order in memory of a convolution's result. Where positions of windows are kept: these outside, the
 * features that the weights add inside ("channels last": side by side, as the windows of the next layer
 * and all gradients read them fastest). Where positions are summed, the gradient by the weights: the
 * elements of a window inside, as they lie. Other products are laid out as they are asked for.
 */
function orderOfResult(
  plan: PlanBuilder,
  factors: readonly [NamedAxisView, NamedAxisView],
  wanted: readonly number[],
  sizes: readonly number[],
): readonly number[] {
  const at = factors.findIndex((f) => overlaps(plan, f));
  const [windows, other] = [factors[at], factors[1 - at]];
  if (windows === undefined || other === undefined) return wanted;
  const ofWindows = wanted.filter((label) => windows.labels.includes(label));
  const added = wanted.filter((label) => !ofWindows.includes(label));
  if (elements(wanted.map((label) => sizes[label] as number)) > elements(other.view.shape))
    return [...ofWindows, ...added];
  const inMemory = memoryOrder(windows.view).map((d) => windows.labels[d] as number);
  return [...added, ...inMemory.filter((label) => ofWindows.includes(label))];
}

/** Whether a tensor's elements stand in several of its windows. */
const overlaps = (plan: PlanBuilder, { view }: NamedAxisView): boolean =>
  view.strides.every((stride) => stride !== 0) &&
  elements(view.shape) > elements((plan.buffers[view.buffer] as DraftBuffer).shape);

/** What each pair keeps: the labels that are wanted, or stand on a tensor that is still to come. */
function labelsOfPairs(
  leaves: readonly (readonly number[])[],
  path: readonly (readonly [number, number])[],
  wanted: readonly number[],
): Pair[] {
  const alive: (readonly number[] | undefined)[] = [...leaves];
  return path.map(([a, b]) => {
    const all = new Set([...(alive[a] ?? []), ...(alive[b] ?? [])]);
    alive[a] = alive[b] = undefined;
    const needed = new Set([...wanted, ...alive.flatMap((labels) => labels ?? [])]);
    const labels = [...all].filter((label) => needed.has(label));
    alive.push(labels);
    return { a, b, labels };
  });
}

/** Below this many multiply-adds a product is cheaper as plain loops than packed for the kernel. */
const smallestProduct = 64;

/** The product of two tensors, dense in this order of its axes. */
function multiply(
  plan: PlanBuilder,
  first: NamedAxisView,
  second: NamedAxisView,
  order: readonly number[],
  sizes: readonly number[],
  scale: number,
): NamedAxisView {
  const [a, b] = [stridesOf(first), stridesOf(second)];
  const { m, n, k } = extents(a, b, order, sizes);
  if (Math.min(m, n, k) < 2 || m * n * k < smallestProduct) {
    const summed = [...new Set([...a.labels, ...b.labels])].filter((label) => !order.includes(label));
    return sumOver(plan, [first, second], order, summed, scale);
  }
  const out = { view: plan.allocate(order.map((label) => sizes[label] as number)), labels: order };
  const arrangement = arrange(a, b, stridesOf(out), sizes, plan.target.tile);
  pushProduct(plan, first, second, out, arrangement, { sizes, scale });
  return out;
}

/** The result with the axes the operation asks for: new ones repeat it, an axis that stands twice embeds it. */
function spread(plan: PlanBuilder, result: NamedAxisView, op: ContractOp): StridedView {
  const distinct = new Set(op.output).size === op.output.length;
  if (distinct) {
    const strides = op.output.map((label) => strideOf(result, label));
    return { ...result.view, shape: op.shape, strides };
  }
  return embed(plan, op, (labels) => ({
    ...result.view,
    strides: labels.map((label) => strideOf(result, label)),
  }));
}

/** Zero everywhere but where equal labels meet. */
export function embed(
  plan: PlanBuilder,
  op: ContractOp,
  source: (labels: readonly number[]) => { buffer: number; offset: number; strides: readonly number[] },
): StridedView {
  const out = plan.allocate(op.shape);
  plan.clear(out);
  const labels = [...new Set(op.output)];
  const strides = labels.map((label) =>
    op.output.reduce((sum, l, d) => (l === label ? sum + (out.strides[d] as number) : sum), 0),
  );
  plan.nest({
    kept: labels.map((label) => op.sizes[label] as number),
    operands: [source(labels)],
    out: { buffer: out.buffer, offset: 0, strides },
  });
  return out;
}
