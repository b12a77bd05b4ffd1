/**
 * What each thread does of a plan. A step is split along its outermost dimension, never along one that
 * is summed, so that every element is computed as one thread would compute it: the bits do not depend
 * on the number of threads. Steps that are not worth splitting are left to the first thread.
 */
import {
  type BarrierStep,
  type Dtype,
  type FusedStep,
  type GemmStep,
  type LoopStep,
  type NestStep,
  type Operand,
  type Plan,
  readsOf,
  type Step,
  visitSteps,
  writesOf,
} from '../../ir/plan.ts';
import { planNest } from '../wasm/emit/nest-plan.ts';

/** Element operations below which a step is not split: about as long as a barrier takes. */
const WORTHWHILE = 20_000;
/** Of a product: they are several times as fast. */
const WORTHWHILE_PRODUCT = 100_000;

/** One thread's part of a plan, with a barrier wherever all threads wait for each other. */
export type PlanPart = readonly Step[];

const barrier: BarrierStep = { kind: 'barrier', flops: 0 };

/** The parts of `threads` threads. All of them have equally many barriers. */
export function partitionPlan({ steps, dtype }: Pick<Plan, 'steps' | 'dtype'>, threads: number): PlanPart[] {
  return distribute(steps, threads, dtype, true).map((part) => [...part, barrier]);
}

/** `alone`: what came before is the first thread's own. */
function distribute(steps: readonly Step[], threads: number, dtype: Dtype, alone: boolean): Step[][] {
  const each = Array.from({ length: threads }, (): Step[] => []);
  let isAlone = alone;
  for (const step of steps) {
    const parts = split(step, threads, dtype);
    // What one thread wrote another may read, and the bytes of a dead buffer may be used again. A loop that is
    // shared begins each of its iterations with a barrier.
    const needsBarrier =
      step.kind === 'loop' ? parts === undefined && !isAlone : parts !== undefined || !isAlone;
    if (needsBarrier) for (const part of each) part.push(barrier);
    isAlone = parts === undefined;
    if (parts === undefined) each[0]?.push(step);
    else for (const [t, part] of parts.entries()) each[t]?.push(part);
  }
  return each;
}

/** How often a thread comes to a barrier in one run of its steps. */
export const barriersIn = (steps: PlanPart): number =>
  steps.reduce((sum, step) => {
    if (step.kind === 'loop') return sum + step.count * barriersIn(step.steps);
    return step.kind === 'barrier' ? sum + 1 : sum;
  }, 0);

/** A loop whose body has something to share. */
function splitLoop(step: LoopStep, threads: number, dtype: Dtype): LoopStep[] | undefined {
  const each = distribute(step.steps, threads, dtype, false);
  const [, second = []] = each;
  if (second.every(({ kind }) => kind === 'barrier')) return undefined;
  return each.map((steps) => ({
    ...step,
    steps,
    flops: step.count * steps.reduce((sum, { flops }) => sum + flops, 0),
  }));
}

/** The step in as many parts of nearly equal size; undefined where it is not worth it or cannot be done. */
function split(step: Step, threads: number, dtype: Dtype): Step[] | undefined {
  switch (step.kind) {
    case 'gemm':
      return step.flops < WORTHWHILE_PRODUCT ? undefined : splitProduct(step, threads);
    case 'nest':
      return step.flops < WORTHWHILE ? undefined : splitNest(step, threads, dtype);
    case 'fused':
      return step.flops < WORTHWHILE ? undefined : splitFused(step, threads, dtype);
    case 'loop':
      return splitLoop(step, threads, dtype);
    default:
      return undefined;
  }
}

/** Where each part of `size` begins and how long it is, in whole grains; undefined when there are too few. */
function parts(size: number, threads: number, grain = 1): { from: number; size: number }[] | undefined {
  const grains = Math.ceil(size / grain);
  if (grains < threads) return undefined;
  const bound = (t: number) => Math.min(size, Math.floor((grains * t) / threads) * grain);
  return Array.from({ length: threads }, (_, t) => ({ from: bound(t), size: bound(t + 1) - bound(t) }));
}

/** A window that begins `from` places of dimension d later. */
const moved = (o: Operand, d: number, from: number): Operand => ({
  ...o,
  offset: o.offset + from * (o.strides[d] as number),
});

function partOfNest(nest: NestStep, from: number, size: number): NestStep {
  return {
    ...nest,
    dims: [size, ...nest.dims.slice(1)],
    operands: nest.operands.map((o) => moved(o, 0, from)),
    results: nest.results.map((r) => ({ ...r, out: moved(r.out, 0, from) })),
    flops: (nest.flops * size) / (nest.dims[0] as number),
  };
}

/** Some positions along the d-th axis of its batches and rows. */
function partOfProduct(step: GemmStep, d: number, from: number, size: number): GemmStep {
  const { batch, m, a, b, c } = step;
  const axes = [...batch, ...m];
  const sizes = axes.with(d, size);
  return {
    ...step,
    batch: sizes.slice(0, batch.length),
    m: sizes.slice(batch.length),
    a: moved(a, d, from),
    b: d < batch.length ? moved(b, d, from) : b,
    c: moved(c, d, from),
    flops: (step.flops * size) / (axes[d] as number),
  };
}

function splitNest(nest: NestStep, threads: number, dtype: Dtype): NestStep[] | undefined {
  if (nest.dims.length === nest.reduced) return undefined;
  const split = parts(nest.dims[0] as number, threads)?.map(({ from, size }) => partOfNest(nest, from, size));
  const order = summation(nest, dtype);
  return split?.every((part) => summation(part, dtype) === order) ? split : undefined;
}

/** In what order a nest adds its terms up: whether lanes lie along a summed loop, and along which. */
function summation(nest: NestStep, dtype: Dtype): string {
  if (nest.reduced === 0) return '';
  const { loops, laneLoop } = planNest(nest, 0, dtype);
  return JSON.stringify([loops[laneLoop]?.reduced, loops.filter((loop) => loop.reduced)]);
}

function splitFused(step: FusedStep, threads: number, dtype: Dtype): FusedStep[] | undefined {
  const [first] = step.outer;
  if (first === undefined) return splitEach(step, threads, dtype);
  return parts(first, threads)?.map(({ from, size }) => ({
    ...step,
    outer: [size, ...step.outer.slice(1)],
    nests: step.nests.map((nest) =>
      nest.kind === 'gemm' ? partOfProduct(nest, 0, from, size) : partOfNest(nest, from, size),
    ),
    flops: (step.flops * size) / first,
  }));
}

/** Independent nests: those that can be split are; the others are the first thread's. */
function splitEach(step: FusedStep, threads: number, dtype: Dtype): FusedStep[] | undefined {
  const split = step.nests.map(
    (nest) =>
      (nest.kind === 'nest' ? splitNest(nest, threads, dtype) : splitProduct(nest, threads)) ?? [nest],
  );
  if (split.every((nests) => nests.length === 1)) return undefined;
  return Array.from({ length: threads }, (_, t) => {
    const nests = split.flatMap((list) => list.slice(t, t + 1));
    return { ...step, nests, flops: nests.reduce((sum, nest) => sum + nest.flops, 0) };
  });
}

/**
 * Buffers that hold one row of a fused step at a time, and are used again at every point of its outer
 * dimensions: threads that share the step need one each.
 */
export function rowBuffers(steps: readonly Step[]): ReadonlySet<number> {
  const rows = new Set<number>();
  visitSteps(steps, (step) => {
    if (step.kind !== 'fused' || step.outer.length === 0) return;
    for (const nest of step.nests)
      for (const { buffer, strides } of nest.kind === 'gemm' ? [nest.c] : nest.results.map((r) => r.out))
        if (strides[0] === 0) rows.add(buffer);
  });
  visitSteps(steps, (step) => {
    if (step.kind === 'loop' || (step.kind === 'fused' && step.outer.length > 0)) return;
    for (const buffer of [...readsOf(step), ...writesOf(step)])
      if (rows.has(buffer)) throw new Error(`internal: row ${buffer} is used outside of its step`);
  });
  return rows;
}

/** Rows below which a part of a product would waste its tiles, or be computed by another kernel in another order. */
const FEWEST_ROWS = 24;

/** Along the outermost batch, else along the outermost axis of the rows. */
function splitProduct(step: GemmStep, threads: number): GemmStep[] | undefined {
  const { batch, m } = step;
  const [batches = 1] = batch;
  if (batches >= threads)
    return parts(batches, threads)?.map(({ from, size }) => partOfProduct(step, 0, from, size));
  const [rows] = m;
  if (rows === undefined || batch.some((n) => n > 1)) return undefined;
  const inner = m.slice(1).reduce((n, size) => n * size, 1);
  return parts(rows, threads, Math.ceil(FEWEST_ROWS / inner))?.map(({ from, size }) =>
    partOfProduct(step, batch.length, from, size),
  );
}
