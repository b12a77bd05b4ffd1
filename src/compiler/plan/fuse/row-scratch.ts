/**
 * Buffers that live only within a block of rows of one fused step become scratch of one block's size, used
 * again by every block: it stays in the cache.
 */
import {
  type FusedStep,
  type GemmStep,
  type NestStep,
  type Operand,
  readsOf,
  type Step,
  writesOf,
} from '../../../ir/plan.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { denseStrides } from '../view.ts';
import { asNest } from './as-nest.ts';

type Nest = NestStep | GemmStep;

/** Whether a buffer is used by one step alone; `kept` buffers are read from outside. */
export function privateBuffers(
  plan: PlanBuilder,
  steps: readonly Step[],
  kept: ReadonlySet<number>,
): (buffer: number) => boolean {
  /** The only step that uses a buffer; undefined where there are several. */
  const users = new Map<number, Step | undefined>();
  for (const step of steps)
    for (const list of [readsOf(step), writesOf(step)])
      for (const buffer of list)
        users.set(buffer, !users.has(buffer) || users.get(buffer) === step ? step : undefined);
  return (buffer) => !kept.has(buffer) && !plan.buffers[buffer]?.pinned && users.get(buffer) !== undefined;
}

export function withScratch(plan: PlanBuilder, steps: readonly Step[], kept: ReadonlySet<number>): Step[] {
  const isPrivate = privateBuffers(plan, steps, kept);
  return steps.map((step) =>
    step.kind === 'fused' && step.outer.length > 0
      ? shrunk(plan, inPlaceOfResult(step, isPrivate, kept), isPrivate)
      : step,
  );
}

/** Whether one nest alone writes the buffer, and nobody looks at a part of it. */
function isWhole(step: FusedStep, buffer: number): boolean {
  const nests = step.nests.map(asNest);
  const results = nests.flatMap((nest) => nest.results.filter((r) => r.out.buffer === buffer));
  const operands = nests.flatMap((nest) => nest.operands.filter((o) => o.buffer === buffer));
  return results.length === 1 && [...operands, ...results.map((r) => r.out)].every((w) => w.offset === 0);
}

function shrunk(plan: PlanBuilder, step: FusedStep, isPrivate: (buffer: number) => boolean): FusedStep {
  const depth = step.outer.length;
  /** For each private buffer, the strides within a row, and what becomes of them. */
  const scratch = new Map<number, Map<number, number>>();
  for (const nest of step.nests.map(asNest))
    for (const { out } of nest.results) {
      if (!isPrivate(out.buffer) || !isWhole(step, out.buffer)) continue;
      const inner = out.strides
        .map((stride, d) => ({ stride, size: nest.dims[d] as number }))
        .slice(depth)
        .sort((a, b) => b.stride - a.stride);
      const shape = inner.map(({ size }) => size);
      const dense = denseStrides(shape);
      scratch.set(out.buffer, new Map(inner.map(({ stride }, i) => [stride, dense[i] as number])));
      plan.reshape(out.buffer, shape);
    }
  const moved = <T extends Operand>(w: T): T => {
    const inner = scratch.get(w.buffer);
    if (!inner) return w;
    return { ...w, strides: w.strides.map((s, d) => (d < depth || s === 0 ? 0 : (inner.get(s) ?? s))) };
  };
  return { ...step, nests: step.nests.map((nest) => withWindows(nest, moved)) };
}

/** The nest with each of its windows turned into another. */
function withWindows(nest: Nest, moved: <T extends Operand>(window: T) => T): Nest {
  if (nest.kind === 'gemm') return { ...nest, a: moved(nest.a), b: moved(nest.b), c: moved(nest.c) };
  const results = nest.results.map((r) => ({ ...r, out: moved(r.out) }));
  return { ...nest, operands: nest.operands.map(moved), results };
}

/**
 * A product that only its own step reads is written where a result of that step will lie in its place: the
 * memory is needed anyway, and is fetched while the processor multiplies.
 */
function inPlaceOfResult(
  step: FusedStep,
  isPrivate: (buffer: number) => boolean,
  kept: ReadonlySet<number>,
): FusedStep {
  const nests = step.nests.map(asNest);
  for (const product of step.nests) {
    if (product.kind !== 'gemm' || !isPrivate(product.c.buffer)) continue;
    const { c } = product;
    const isSame = (w: Operand) => w.offset === c.offset && String(w.strides) === String(c.strides);
    const last = nests.findLastIndex((nest) => nest.operands.some((o) => o.buffer === c.buffer));
    for (const [i, nest] of nests.entries()) {
      if (i < last || last < 0) continue;
      const isElementwise = nest.operands.every((o) => o.buffer !== c.buffer || isSame(o));
      const result = nest.results.find(
        ({ out, reduce }) =>
          reduce === 'none' &&
          isSame(out) &&
          !kept.has(out.buffer) &&
          !isPrivate(out.buffer) &&
          nests.every((other) => other === nest || !other.results.some((r) => r.out.buffer === out.buffer)) &&
          nests.slice(0, i + 1).every((other) => other.operands.every((o) => o.buffer !== out.buffer)),
      );
      if (!isElementwise || !result) continue;
      const { buffer } = result.out;
      const moved = <T extends Operand>(w: T): T => (w.buffer === c.buffer ? { ...w, buffer } : w);
      return { ...step, nests: step.nests.map((part) => withWindows(part, moved)) };
    }
  }
  return step;
}
