/**
 * A plan: what an engine executes. Buffers lie at fixed offsets in one arena, steps run in order, and
 * nothing is allocated while they do. Plain data: printable, JSON-able, structured-clone-able.
 *
 * Units: `offset` and `bytes` of a buffer are in bytes; every offset and stride in a step is in
 * elements of the plan's dtype, relative to the start of the buffer it names.
 */
import type { Expr } from './expr.ts';
import type { Literal } from './fill.ts';
import { elements, type Shape } from './program.ts';

/** Bytes of a core's data caches of the first and second level. */
export interface Caches {
  readonly first: number;
  readonly second: number;
}

export type Dtype = 'float32' | 'float64';
export const bytesOf: Readonly<Record<Dtype, number>> = { float32: 4, float64: 8 };

/**
 * Buffers may share bytes when their lifetimes do not meet, or where a nest reads one and writes the other
 * in its place. Offsets are multiples of 64.
 */
export interface PlanBuffer {
  readonly shape: Shape;
  readonly offset: number;
  readonly bytes: number;
  /** The value's origin in the graph, for messages and the Plan panel. */
  readonly source?: string;
}

/** A place in a buffer. Inside of loops it moves with their iterations, as `loopStrides` says. */
export interface BufferPlace {
  readonly buffer: number;
  readonly offset: number;
  /**
   * For each loop around the step, outermost first, how far the place moves from one iteration to the next:
   * in iteration [t…] it is offset + Σ t·loopStride. Absent where it stays.
   */
  readonly loopStrides?: readonly number[];
}

/** A strided window on a buffer: element [i…] lies Σ i·stride behind its place. Strides may be 0 (broadcast) or negative. */
export interface Operand extends BufferPlace {
  readonly strides: readonly number[];
}

interface StepBase {
  readonly source?: string;
  /** Multiply-adds or element operations, for the Plan panel. */
  readonly flops: number;
}

/**
 * C[…, m, n] = scale · Σ_k A[…, m, k] · B[…, k, n], for each combination of the batch dimensions. Rows,
 * columns and summed terms may each be several axes (or none), outermost first: any two tensors are
 * contracted where they lie. Strides are in the order [...batch, ...m, ...k] for a, [...batch, ...k, ...n]
 * for b and [...batch, ...m, ...n] for c. C never overlaps A or B, and no element of it is written twice.
 */
export interface GemmStep extends StepBase {
  readonly kind: 'gemm';
  readonly batch: readonly number[];
  readonly m: readonly number[];
  readonly n: readonly number[];
  readonly k: readonly number[];
  readonly a: Operand;
  readonly b: Operand;
  readonly c: Operand;
  readonly scale: number;
}

/**
 * One of the tensors that a loop nest computes: scale · expr at every point of the nest ('none'; `out`
 * has a stride for each dimension), or scale · the reduction of expr over the nest's reduced dimensions
 * (`out` has a stride for each of the others). 'argmax' is the position along the single reduced
 * dimension of the first largest value; a NaN is larger than all.
 */
export interface NestResult {
  readonly out: Operand;
  readonly expr: Expr;
  readonly reduce: 'none' | 'sum' | 'max' | 'min' | 'argmax';
  readonly scale: number;
}

/**
 * A loop nest over `dims`, of which the last `reduced` are summed (or the like) by some of its results.
 * Operands have one stride per dimension. A point reads all its operands before it writes, so a result
 * at every point may be the same window as an operand (in place); no result overlaps an operand, or
 * another result, in any other way. Elements of a buffer that no point reaches are left alone.
 */
export interface NestStep extends StepBase {
  readonly kind: 'nest';
  readonly dims: readonly number[];
  readonly reduced: number;
  readonly operands: readonly Operand[];
  readonly results: readonly NestResult[];
}

/**
 * Loop nests that go through their outermost dimensions together: for each point of `outer`, every nest
 * in turn does its part. The dimensions of each nest begin with `outer`, none of them reduced. What one
 * nest writes at a point, the next may read at that point only. With an empty `outer`, independent
 * nests in one step. A product may stand among them, as a nest over its batches and rows; those that
 * follow finish it: bias and activation, a softmax.
 */
export interface FusedStep extends StepBase {
  readonly kind: 'fused';
  readonly outer: readonly number[];
  readonly nests: readonly (NestStep | GemmStep)[];
}

/** What is left of a product at one point of its outermost batches and rows. */
export function productAt(step: GemmStep, point: readonly number[]): GemmStep {
  const { batch, m, n, k, a, b, c } = step;
  const at = (operand: Operand, outer: number): Operand => ({
    ...operand,
    offset: point
      .slice(0, outer)
      .reduce((sum, i, d) => sum + i * (operand.strides[d] as number), operand.offset),
    strides: operand.strides.slice(outer),
  });
  const rest = [...batch, ...m].slice(point.length);
  return {
    ...step,
    batch: batch.slice(point.length),
    m: m.slice(Math.max(0, point.length - batch.length)),
    a: at(a, point.length),
    b: at(b, Math.min(point.length, batch.length)),
    c: at(c, point.length),
    flops: elements([...rest, ...n, ...k]),
  };
}

/** `count` elements from `out` on become `value`. */
export interface FillStep extends StepBase {
  readonly kind: 'fill';
  readonly out: BufferPlace;
  readonly count: number;
  readonly value: number;
}

/** The first `count` numbers of the stream under the key that the four elements from `key` on hold, in their order: see RandomOp. */
export interface RandomStep extends StepBase {
  readonly kind: 'random';
  readonly key: BufferPlace;
  readonly stream: number;
  readonly out: BufferPlace;
  readonly count: number;
}

/** out[i, r] = data[indices[i], r], NaN where that is no row; all three contiguous, i < count and r < rowSize. */
export interface GatherStep extends StepBase {
  readonly kind: 'gather';
  readonly data: BufferPlace;
  readonly indices: BufferPlace;
  readonly out: BufferPlace;
  readonly rows: number;
  readonly rowSize: number;
  readonly count: number;
}

/** out = 0; out[indices[i], r] += updates[i, r] where that is a row, in ascending i; all three contiguous. */
export interface ScatterAddStep extends StepBase {
  readonly kind: 'scatterAdd';
  readonly indices: BufferPlace;
  readonly updates: BufferPlace;
  readonly out: BufferPlace;
  readonly rows: number;
  readonly rowSize: number;
  readonly count: number;
}

/**
 * The steps, `count` times one after the other. Those places of theirs that have loop strides move from one
 * iteration to the next: along the rows of a tensor, from a carry to the carry after it. Its flops are those of
 * all iterations.
 */
export interface LoopStep extends StepBase {
  readonly kind: 'loop';
  readonly count: number;
  /** Its iterations go through rows from the last to the first: for messages. */
  readonly reverse?: boolean;
  readonly steps: readonly Step[];
}

/** All threads wait here for each other. It stands only in a thread's part of a plan (numeric/threads). */
export interface BarrierStep extends StepBase {
  readonly kind: 'barrier';
}

/** A step that is no loop and no barrier. */
export type PlainStep = GemmStep | NestStep | FusedStep | FillStep | RandomStep | GatherStep | ScatterAddStep;
export type Step = PlainStep | LoopStep | BarrierStep;

export interface Plan {
  readonly dtype: Dtype;
  /** For which a product is blocked; the bits do not depend on them (target.ts). */
  readonly caches: Caches;
  /** Size of the arena in bytes; known, and refused when too large, before anything is allocated. */
  readonly bytes: number;
  readonly buffers: readonly PlanBuffer[];
  readonly steps: readonly Step[];
  /** Buffers the host writes: named state, feeds of a step, resident data. They keep their bytes to themselves. */
  readonly inputs: Readonly<
    Record<string, { readonly buffer: number; readonly role: 'state' | 'feed' | 'data' }>
  >;
  /** Buffers the host may read after a step. */
  readonly outputs: Readonly<Record<string, number>>;
  /** Written once, when the plan is loaded. */
  readonly constants: readonly { readonly buffer: number; readonly data: Literal }[];
  /** Buffers of one element, by name, that the plan copies into its log at the end of a training step. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** The plan with these of its outputs, by the metric's name, in its log. */
export function withMetrics(plan: Plan, outputs: Readonly<Record<string, string>>): Plan {
  const bufferOf = (output: string): number => {
    const buffer = plan.outputs[output];
    if (buffer === undefined) throw new Error(`internal: the plan has no output "${output}"`);
    return buffer;
  };
  const metrics = Object.entries(outputs).map(([name, output]) => [name, bufferOf(output)] as const);
  return { ...plan, metrics: Object.fromEntries(metrics) };
}

/** Every step in order, with the loops that it stands in, outermost first; a loop comes before its own steps. */
export function visitSteps(
  steps: readonly Step[],
  visit: (step: Step, loops: readonly LoopStep[]) => void,
  loops: readonly LoopStep[] = [],
): void {
  for (const step of steps) {
    visit(step, loops);
    if (step.kind === 'loop') visitSteps(step.steps, visit, [...loops, step]);
  }
}

/** The places a step writes. */
export function placesWritten(step: Step): readonly BufferPlace[] {
  switch (step.kind) {
    case 'gemm':
      return [step.c];
    case 'nest':
      return step.results.map((r) => r.out);
    case 'fused':
      return step.nests.flatMap(placesWritten);
    case 'loop':
      return step.steps.flatMap(placesWritten);
    case 'barrier':
      return [];
    default:
      return [step.out];
  }
}

/** The places a step reads. */
export function placesRead(step: Step): readonly BufferPlace[] {
  switch (step.kind) {
    case 'gemm':
      return [step.a, step.b];
    case 'nest':
      return step.operands;
    case 'fused':
      return step.nests.flatMap(placesRead);
    case 'loop':
      return step.steps.flatMap(placesRead);
    case 'barrier':
    case 'fill':
      return [];
    case 'random':
      return [step.key];
    case 'gather':
      return [step.data, step.indices];
    case 'scatterAdd':
      return [step.indices, step.updates];
  }
}

/** The buffers a step writes, as often as it does. */
export const writesOf = (step: Step): readonly number[] => placesWritten(step).map(({ buffer }) => buffer);

/** The buffers a step reads, as often as it does. */
export const readsOf = (step: Step): readonly number[] => placesRead(step).map(({ buffer }) => buffer);

/** The step with each of its places changed into another; `depth` counts the loops around each within the step. */
export function withPlaces<S extends Step>(
  step: S,
  change: <P extends BufferPlace>(place: P, depth: number) => P,
  depth?: number,
): S;
export function withPlaces(
  step: Step,
  change: <P extends BufferPlace>(place: P, depth: number) => P,
  depth = 0,
): Step {
  const at = <P extends BufferPlace>(place: P) => change(place, depth);
  switch (step.kind) {
    case 'gemm':
      return { ...step, a: at(step.a), b: at(step.b), c: at(step.c) };
    case 'nest': {
      const results = step.results.map((r) => ({ ...r, out: at(r.out) }));
      return { ...step, operands: step.operands.map(at), results };
    }
    case 'fused':
      return { ...step, nests: step.nests.map((nest) => withPlaces(nest, change, depth)) };
    case 'loop':
      return { ...step, steps: step.steps.map((inner) => withPlaces(inner, change, depth + 1)) };
    case 'barrier':
      return step;
    case 'fill':
      return { ...step, out: at(step.out) };
    case 'random':
      return { ...step, key: at(step.key), out: at(step.out) };
    case 'gather':
      return { ...step, data: at(step.data), indices: at(step.indices), out: at(step.out) };
    case 'scatterAdd':
      return { ...step, indices: at(step.indices), updates: at(step.updates), out: at(step.out) };
  }
}
