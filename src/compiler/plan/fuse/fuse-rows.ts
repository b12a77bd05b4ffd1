/**
 * Loop nests that share their outer dimensions run a few rows at a time: a softmax finds the largest
 * number of each, makes and sums exponentials, and divides, while all of it is in the cache. So do a product
 * and what is done to its rows: bias and activation, a softmax. What one nest leaves for the next, and
 * nobody else reads, is scratch of the size of these rows.
 */
import { arg } from '../../../ir/expr.ts';
import {
  type FusedStep,
  type GemmStep,
  type NestStep,
  type Operand,
  readsOf,
  type Step,
  writesOf,
} from '../../../ir/plan.ts';
import { elements } from '../../../ir/program.ts';
import type { RowGroups } from '../../../ir/target.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { denseStrides } from '../view.ts';
import { asNest } from './as-nest.ts';
import { divisor, inBlocks } from './blocks.ts';
import { regroup } from './regroup.ts';
import { privateBuffers, withScratch } from './row-scratch.ts';

const mostNests = 12;

/** Which steps may begin a group. */
export interface Heads {
  readonly nests: boolean;
  readonly products: boolean;
}

export function fuseRows(plan: PlanBuilder, kept: ReadonlySet<number>, heads: Heads): Step[] {
  const steps = regroup(plan.steps, (earlier, later) => join(plan, earlier, later, heads), 'earliest');
  const groups = pullIn(steps, kept).flatMap(withoutTail);
  const isPrivate = privateBuffers(plan, groups, kept);
  return withScratch(
    plan,
    groups
      .flatMap((step) => withoutSharedProduct(step, isPrivate))
      .map((step) => inBlocks(step, plan.target.rows)),
    kept,
  );
}

type Rows = Pick<FusedStep, 'outer' | 'nests'>;

function join(
  plan: PlanBuilder,
  earlier: Step,
  later: NestStep,
  heads: Heads,
): { step: Step; rest?: Step } | undefined {
  const group = asRows(earlier, later, heads, plan.target.rows);
  if (!group || group.nests.length >= mostNests) return undefined;
  if (isTotal(later)) return joinTotal(plan, group, earlier, later);
  const arranged = arrange(group, later);
  return arranged && { step: fused(earlier, group, arranged) };
}

const fused = (earlier: Step, { outer, nests }: Rows, added: NestStep): FusedStep => ({
  kind: 'fused',
  outer,
  nests: [...nests, added],
  flops: earlier.flops + added.flops,
  ...(earlier.source !== undefined && { source: earlier.source }),
});

const points = ({ dims }: NestStep) => elements(dims);

/** Whether a row lies closer together than the rows do, in every window that has both. */
function liesInRows({ operands, results }: NestStep, depth: number): boolean {
  const fits = ({ strides }: Operand) => {
    let [within, between] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const [d, stride] of strides.entries()) {
      if (stride === 0) continue;
      if (d < depth) between = Math.min(between, Math.abs(stride));
      else within = Math.min(within, Math.abs(stride));
    }
    return within === Number.POSITIVE_INFINITY || within < between;
  };
  return operands.every(fits) && results.every((r) => fits(r.out));
}

/** A group of rows, or a single nest as one: its rows are what one of the two reduces. */
function asRows(earlier: Step, later: NestStep, heads: Heads, target: RowGroups): Rows | undefined {
  if (earlier.kind === 'fused') return earlier.outer.length > 0 ? earlier : undefined;
  if (earlier.kind === 'gemm') return heads.products ? productRows(earlier, target) : undefined;
  if (earlier.kind !== 'nest' || earlier.reduced === 0 || !heads.nests) return undefined;
  const outer = earlier.dims.slice(0, earlier.dims.length - earlier.reduced);
  const row = elements(earlier.dims.slice(outer.length));
  const pays = outer.length > 0 && row >= target.row && points(earlier) >= target.points;
  return pays && liesInRows(earlier, outer.length) && points(later) >= elements(outer)
    ? { outer, nests: [earlier] }
    : undefined;
}

/** A product as a group: as many axes of its rows are outer ones as it takes to make the blocks small. */
function productRows(product: GemmStep, target: RowGroups): Rows | undefined {
  const { productBlock, productRows: leastRows } = target;
  const axes = [...product.batch, ...product.m];
  const columns = elements(product.n);
  if (elements(product.k) * columns > target.rightOperand || elements(axes) * columns < target.product)
    return undefined;
  const rows = (depth: number) => elements(axes.slice(depth));
  let depth = 1;
  while (depth < axes.length && rows(depth) * columns > productBlock) depth++;
  const inBlock = divisor(axes[depth - 1] ?? 1, Math.floor(productBlock / (rows(depth) * columns)));
  return depth <= axes.length && inBlock * rows(depth) >= leastRows
    ? { outer: axes.slice(0, depth), nests: [product] }
    : undefined;
}

/** The later nest with the outer dimensions in front, where it walks through them as the group does. */
function arrange(group: Rows, later: NestStep): NestStep | undefined {
  const written = windowsWritten(group);
  const windows = [
    ...written.values(),
    ...group.nests.flatMap((nest) => (nest.kind === 'nest' ? nest.operands : [])),
  ];
  const depth = group.outer.length;
  for (const known of windows)
    for (const operand of later.operands) {
      if (operand.buffer !== known.buffer || operand.offset !== known.offset) continue;
      const front = outerDims(group.outer, known, later, operand);
      if (!front) continue;
      const arranged = toFront(later, front);
      const fits = arranged.operands.every((o) => isOwnRow(o, arranged, group, depth));
      if (fits && liesInRows(arranged, depth)) return arranged;
    }
  return undefined;
}

const windowsWritten = ({ nests }: Rows): Map<number, Operand> =>
  new Map(nests.flatMap((nest) => asNest(nest).results.map((r) => [r.out.buffer, r.out] as const)));

/** The later nest's dimensions that run along the outer ones, by size and stride in a window that both use. */
function outerDims(
  outer: readonly number[],
  known: Operand,
  { dims, reduced }: NestStep,
  operand: Operand,
): number[] | undefined {
  const front: number[] = [];
  for (const [d, size] of outer.entries()) {
    const stride = known.strides[d] as number;
    const fits = (x: number) =>
      x < dims.length - reduced && dims[x] === size && operand.strides[x] === stride && !front.includes(x);
    const x = fits(d) ? d : dims.findIndex((_, i) => fits(i));
    if (x < 0 || stride === 0) return undefined;
    front.push(x);
  }
  return front;
}

function toFront(nest: NestStep, front: readonly number[]): NestStep {
  const rest = nest.dims.map((_, d) => d).filter((d) => !front.includes(d));
  const order = [...front, ...rest];
  const turned = <T extends Operand>(w: T): T => ({
    ...w,
    strides: order.slice(0, w.strides.length).map((d) => w.strides[d] as number),
  });
  return {
    ...nest,
    dims: order.map((d) => nest.dims[d] as number),
    operands: nest.operands.map(turned),
    results: nest.results.map((r) => ({ ...r, out: turned(r.out) })),
  };
}

/** Whether a window reads, of what the group writes, only what was written at the same point of the outer dimensions. */
function isOwnRow(operand: Operand, reader: NestStep, { nests }: Rows, depth: number): boolean {
  for (const writer of nests.map(asNest))
    for (const { out } of writer.results) {
      if (out.buffer !== operand.buffer) continue;
      const along = (w: Operand, dims: readonly number[]) =>
        w.strides.flatMap((stride, d) => (d >= depth && stride !== 0 ? [`${dims[d]}@${stride}`] : []));
      const made = new Set(along(out, writer.dims));
      const isSame =
        out.offset === operand.offset &&
        out.strides.slice(0, depth).every((s, d) => s === operand.strides[d]) &&
        along(operand, reader.dims).every((dim) => made.delete(dim));
      if (!isSame) return false;
    }
  return true;
}

/** A nest that only one group reads joins it from the front. */
function pullIn(steps: readonly Step[], kept: ReadonlySet<number>): Step[] {
  const readers = new Map<number, Set<number>>();
  for (const [i, step] of steps.entries())
    for (const buffer of readsOf(step)) readers.set(buffer, (readers.get(buffer) ?? new Set()).add(i));
  const pulled: Step[] = [...steps];
  const gone = new Set<number>();
  for (const [i, step] of [...steps.entries()].reverse()) {
    if (step.kind !== 'nest' || writesOf(step).some((buffer) => kept.has(buffer))) continue;
    const reading = new Set(writesOf(step).flatMap((buffer) => [...(readers.get(buffer) ?? [])]));
    const [at] = reading;
    const group = at === undefined ? undefined : pulled[at];
    if (reading.size !== 1 || group?.kind !== 'fused' || group.outer.length === 0) continue;
    const joined = prepend(step, group);
    if (!joined) continue;
    pulled[at as number] = joined;
    gone.add(i);
    for (const buffer of readsOf(step)) readers.get(buffer)?.delete(i);
    for (const buffer of readsOf(step)) readers.get(buffer)?.add(at as number);
  }
  return pulled.filter((_, i) => !gone.has(i));
}

function prepend(step: NestStep, group: FusedStep): FusedStep | undefined {
  if (group.nests.length >= mostNests) return undefined;
  const depth = group.outer.length;
  const arranged = arrange(group, step);
  if (!arranged) return undefined;
  const alone = { outer: group.outer, nests: [arranged] };
  const fits = group.nests
    .map(asNest)
    .every((nest) => nest.operands.every((o) => isOwnRow(o, nest, alone, depth)));
  return fits ? { ...group, nests: [arranged, ...group.nests], flops: group.flops + step.flops } : undefined;
}

/** Nests at the end that do one thing for each row are better off on their own. */
function withoutTail(step: Step): Step[] {
  if (step.kind !== 'fused') return [step];
  const { outer, nests } = step;
  const count = nests.findLastIndex((nest) => asNest(nest).dims.length > outer.length) + 1;
  return count === 0 ? [step] : [withNests(step, nests.slice(0, count)), ...nests.slice(count)];
}

/** A product that others read too is stored as a whole: nothing is saved by making it block by block. */
function withoutSharedProduct(step: Step, isPrivate: (buffer: number) => boolean): Step[] {
  if (step.kind !== 'fused') return [step];
  const [first, ...rest] = step.nests;
  const isShared = first?.kind === 'gemm' && !isPrivate(first.c.buffer);
  return isShared ? [first, withNests(step, rest)] : [step];
}

/** The step with some of its nests: by itself, where it is only one. */
function withNests(step: FusedStep, nests: FusedStep['nests']): Step {
  const [first] = nests;
  if (nests.length === 1 && first) return first;
  return { ...step, nests, flops: nests.reduce((sum, nest) => sum + nest.flops, 0) };
}

/** A reduction of everything to one number, beside other things it may be. */
const isTotal = ({ dims, reduced, results }: NestStep): boolean =>
  reduced === dims.length &&
  dims.length > 1 &&
  results.every(({ reduce }) => reduce === 'sum' || reduce === 'none');

/** Each row adds up its own part, and one more nest adds up the rows. */
function joinTotal(
  plan: PlanBuilder,
  group: Rows,
  earlier: Step,
  later: NestStep,
): { step: Step; rest: Step } | undefined {
  const arranged = arrange(group, { ...later, reduced: 0 });
  if (!arranged || arranged.dims.length === group.outer.length) return undefined;
  const strides = denseStrides(group.outer);
  const dense = () => ({ buffer: plan.allocate(group.outer).buffer, offset: 0, strides });
  const outs = later.results.map((r) => (r.reduce === 'none' ? undefined : dense()));
  const inRow: NestStep = {
    ...arranged,
    reduced: later.dims.length - group.outer.length,
    results: arranged.results.map((r, i) => {
      const out = outs[i];
      return out ? { ...r, out, scale: 1 } : r;
    }),
  };
  const totals = later.results.filter((r) => r.reduce !== 'none');
  const rest: NestStep = {
    ...later,
    dims: group.outer,
    reduced: group.outer.length,
    operands: outs.filter((out) => out !== undefined),
    results: totals.map((r, index) => ({ ...r, expr: arg(index) })),
    flops: elements(group.outer),
  };
  return { step: fused(earlier, group, inRow), rest };
}
