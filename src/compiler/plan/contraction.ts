/**
 * Lowers a contraction to steps: finds the order of its pairs, then makes of each pair a batched
 * matrix product where it is one, and a loop nest where it is not. Axis orders of intermediates are
 * free, so they are chosen to make the products run without copies.
 */
import { createPathCache } from '../../contraction/index.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ContractOp } from '../../ir/program.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { denseStrides, fuse, type Group, type View } from './view.ts';

/** Compiled anew after every edit, most contractions are old acquaintances. Results do not depend on it. */
const findPath = createPathCache();

/** A view with a name for each axis. Labels are distinct. */
interface Labelled {
  readonly view: View;
  readonly labels: readonly number[];
}

export function planContraction(plan: PlanBuilder, op: ContractOp, views: readonly View[]): View {
  const { scale } = op;
  const wanted = [...new Set(op.output)];
  const factors = views.map((view, k) => diagonal(view, op.inputs[k] as readonly number[]));
  const present = new Set(factors.flatMap((f) => f.labels));
  const order = wanted.filter((label) => present.has(label));
  const result =
    factors.length === 1
      ? alone(plan, factors[0] as Labelled, order, scale)
      : together(plan, factors, order, op);
  return spread(plan, result, op);
}

/** A label that stands twice on an operand walks its diagonal: one axis with the sum of the strides. */
function diagonal(view: View, labels: readonly number[]): Labelled {
  const distinct = [...new Set(labels)];
  const strides = distinct.map((label) =>
    labels.reduce((sum, l, d) => (l === label ? sum + (view.strides[d] as number) : sum), 0),
  );
  const shape = distinct.map((label) => view.shape[labels.indexOf(label)] as number);
  return { view: { ...view, shape, strides }, labels: distinct };
}

const strideOf = ({ view, labels }: Labelled, label: number): number => {
  const at = labels.indexOf(label);
  return at < 0 ? 0 : (view.strides[at] as number);
};
const sizeOf = ({ view, labels }: Labelled, label: number): number =>
  view.shape[labels.indexOf(label)] as number;

/** The same tensor with its axes in another order; axes that are left out are not summed but forgotten. */
const arranged = (factor: Labelled, labels: readonly number[]): Labelled => ({
  view: {
    ...factor.view,
    shape: labels.map((l) => sizeOf(factor, l)),
    strides: labels.map((l) => strideOf(factor, l)),
  },
  labels,
});

/** One operand: sums what is not kept, and scales. A mere permutation costs nothing. */
function alone(plan: PlanBuilder, factor: Labelled, kept: readonly number[], scale: number): Labelled {
  const summed = factor.labels.filter((label) => !kept.includes(label));
  if (summed.length === 0 && scale === 1) return arranged(factor, kept);
  return sumOver(plan, [factor], kept, summed, scale);
}

/** A loop nest over the product of one or two factors; kept labels in this order, dense. */
function sumOver(
  plan: PlanBuilder,
  factors: readonly Labelled[],
  kept: readonly number[],
  summed: readonly number[],
  scale: number,
): Labelled {
  const size = (label: number) => sizeOf(factors.find((f) => f.labels.includes(label)) as Labelled, label);
  // The innermost summed axis should be the one that lies closest in memory.
  const nearest = (label: number) => Math.max(...factors.map((f) => Math.abs(strideOf(f, label))));
  const inner = [...summed].sort((a, b) => nearest(b) - nearest(a));
  const out = plan.allocate(kept.map(size));
  const strides = (f: Labelled) => [...kept, ...inner].map((label) => strideOf(f, label));
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
  factors: readonly Labelled[],
  wanted: readonly number[],
  { sizes, scale, path }: ContractOp,
): Labelled {
  // What stands on one operand only, and is not wanted, is summed first.
  const reduced = factors.map((factor, k) => {
    const kept = factor.labels.filter(
      (label) => wanted.includes(label) || factors.some((f, j) => j !== k && f.labels.includes(label)),
    );
    return kept.length === factor.labels.length ? factor : alone(plan, factor, kept, 1);
  });
  const pairs =
    reduced.length === 2
      ? [[0, 1] as const]
      : (path ?? findPath({ inputs: reduced.map((f) => f.labels), output: wanted, sizes }).path);
  const alive: (Labelled | undefined)[] = [...reduced];
  for (const [i, [a, b]] of pairs.entries()) {
    const [left, right] = [alive[a] as Labelled, alive[b] as Labelled];
    alive[a] = alive[b] = undefined;
    const isLast = i === pairs.length - 1;
    const needed = new Set(isLast ? wanted : [...wanted, ...alive.flatMap((f) => f?.labels ?? [])]);
    alive.push(pair(plan, left, right, needed, isLast ? wanted : undefined, isLast ? scale : 1));
  }
  return alive.at(-1) as Labelled;
}

/** Below this many multiply-adds a product is cheaper as plain loops than packed for the kernel. */
const smallestProduct = 64;

function pair(
  plan: PlanBuilder,
  first: Labelled,
  second: Labelled,
  needed: ReadonlySet<number>,
  wanted: readonly number[] | undefined,
  scale: number,
): Labelled {
  const isShared = (label: number) => first.labels.includes(label) && second.labels.includes(label);
  // Columns of the product come from the operand that owns the last wanted axis, so that it comes out dense.
  const last = wanted?.findLast((label) => !isShared(label));
  const swap = last !== undefined && first.labels.includes(last);
  const [a, b] = swap ? [second, first] : [first, second];
  const batch = a.labels.filter((label) => isShared(label) && needed.has(label));
  const k = a.labels.filter((label) => isShared(label) && !needed.has(label));
  const m = a.labels.filter((label) => !isShared(label));
  const n = b.labels.filter((label) => !isShared(label));
  const count = (f: Labelled, labels: readonly number[]) => labels.reduce((p, l) => p * sizeOf(f, l), 1);
  const [M, N, K] = [count(a, m), count(b, n), count(a, k)];
  if (M < 2 || N < 2 || K < 2 || M * N * K < smallestProduct)
    return sumOver(plan, [a, b], wanted ?? [...batch, ...m, ...n], k, scale);
  return product(plan, a, b, { batch, m, n, k }, wanted, scale);
}

interface Roles {
  readonly batch: readonly number[];
  readonly m: readonly number[];
  readonly n: readonly number[];
  readonly k: readonly number[];
}

/** A batched matrix product. */
function product(
  plan: PlanBuilder,
  first: Labelled,
  second: Labelled,
  roles: Roles,
  wanted: readonly number[] | undefined,
  scale: number,
): Labelled {
  const { a, b, k } = agreeOnSummed(plan, first, second, roles.k);
  const rows = mainGroup(a, roles.m, wanted);
  const columns = mainGroup(b, roles.n, wanted);
  const loops = [...roles.batch, ...rows.rest, ...columns.rest];
  const size = (label: number) => (a.labels.includes(label) ? sizeOf(a, label) : sizeOf(b, label));

  const plain = [...loops, ...rows.labels, ...columns.labels];
  const fits = wanted && layoutFits(wanted, rows.labels, columns.labels, size);
  const labels = fits ? wanted : plain;
  const out = { view: plan.allocate(labels.map(size)), labels };
  const group = (f: Labelled, of: readonly number[]): Group =>
    fuse(
      of.map(size),
      of.map((l) => strideOf(f, l)),
    ) as Group;
  const strides = (f: Labelled, row: Group, column: Group) => [
    ...loops.map((l) => strideOf(f, l)),
    row.stride,
    column.stride,
  ];
  const summed = { a: group(a, k), b: group(b, k) };
  const batch = loops.map(size);
  const [m, n] = [group(a, rows.labels), group(b, columns.labels)];
  plan.push({
    kind: 'gemm',
    batch,
    m: [m.size],
    n: [n.size],
    k: [summed.a.size],
    a: { buffer: a.view.buffer, offset: a.view.offset, strides: strides(a, m, summed.a) },
    b: { buffer: b.view.buffer, offset: b.view.offset, strides: strides(b, summed.b, n) },
    c: {
      buffer: out.view.buffer,
      offset: 0,
      strides: strides(out, group(out, rows.labels), group(out, columns.labels)),
    },
    scale,
    accumulate: false,
    flops: batch.reduce((p, s) => p * s, 1) * m.size * n.size * summed.a.size,
  });
  return out;
}

/** Labels of one operand by falling stride, as they lie in memory. */
const byStride = (f: Labelled, labels: readonly number[]) =>
  [...labels].sort((x, y) => strideOf(f, y) - strideOf(f, x));

const fusible = (f: Labelled, labels: readonly number[]) =>
  fuse(
    labels.map((l) => sizeOf(f, l)),
    labels.map((l) => strideOf(f, l)),
  ) !== undefined;

/** Summed axes must run as one, in the same order, on both operands; where they do not, an operand is copied. */
function agreeOnSummed(
  plan: PlanBuilder,
  a: Labelled,
  b: Labelled,
  labels: readonly number[],
): { a: Labelled; b: Labelled; k: readonly number[] } {
  const orders = [byStride(a, labels), byStride(b, labels)];
  const score = (order: readonly number[]) => Number(fusible(a, order)) + Number(fusible(b, order));
  const k = orders.reduce((best, order) => (score(order) > score(best) ? order : best));
  const packed = (f: Labelled): Labelled => {
    if (fusible(f, k)) return f;
    const order = [...f.labels.filter((l) => !k.includes(l)), ...k];
    return { view: plan.copy(arranged(f, order).view), labels: order };
  };
  return { a: packed(a), b: packed(b), k };
}

/** The most axes, from the innermost outwards, that run as one; the rest are looped over. */
function mainGroup(
  f: Labelled,
  labels: readonly number[],
  wanted: readonly number[] | undefined,
): { labels: readonly number[]; rest: readonly number[] } {
  const ordered = byStride(f, labels);
  const candidates: (readonly number[])[] = [ordered];
  if (wanted) candidates.unshift(wanted.filter((l) => labels.includes(l)));
  for (const order of candidates) if (fusible(f, order)) return { labels: order, rest: [] };
  for (let from = 1; from < ordered.length; from++) {
    const inner = ordered.slice(from);
    if (fusible(f, inner)) return { labels: inner, rest: ordered.slice(0, from) };
  }
  return { labels: ordered.slice(-1), rest: ordered.slice(0, -1) };
}

/** Whether a dense result in this order can be written by the kernel: columns one apart, rows evenly apart. */
function layoutFits(
  order: readonly number[],
  rows: readonly number[],
  columns: readonly number[],
  size: (label: number) => number,
): boolean {
  const strides = denseStrides(order.map(size));
  const group = (labels: readonly number[]) =>
    fuse(
      labels.map(size),
      labels.map((l) => strides[order.indexOf(l)] as number),
    );
  return group(rows) !== undefined && group(columns)?.stride === 1;
}

/** The result with the axes the operation asks for: new ones repeat it, an axis that stands twice embeds it. */
function spread(plan: PlanBuilder, result: Labelled, op: ContractOp): View {
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
): View {
  const out = plan.allocate(op.shape);
  plan.push({ kind: 'fill', out: out.buffer, value: 0, flops: 0 });
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
