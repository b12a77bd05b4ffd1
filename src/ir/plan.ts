/**
 * A plan: what an engine executes. Buffers lie at fixed offsets in one arena, steps run in order, and
 * nothing is allocated while they do. Plain data: printable, JSON-able, structured-clone-able.
 *
 * Units: `offset` and `bytes` of a buffer are in bytes; every offset and stride in a step is in
 * elements of the plan's dtype, relative to the start of the buffer it names.
 */
import type { Expr } from './expr.ts';
import type { Shape } from './program.ts';

export type Dtype = 'float32' | 'float64';
export const bytesOf: Readonly<Record<Dtype, number>> = { float32: 4, float64: 8 };

/** Buffers may share bytes when their lifetimes do not meet. Offsets are multiples of 64. */
export interface PlanBuffer {
  readonly shape: Shape;
  readonly offset: number;
  readonly bytes: number;
  /** The value's origin in the graph, for messages and the Plan panel. */
  readonly source?: string;
}

/** A strided window on a buffer: element [i…] lies at offset + Σ i·stride. Strides may be 0 (broadcast) or negative. */
export interface Operand {
  readonly buffer: number;
  readonly offset: number;
  readonly strides: readonly number[];
}

interface StepBase {
  readonly source?: string;
  /** Multiply-adds or element operations, for the Plan panel. */
  readonly flops: number;
}

/**
 * C[…, m, n] = scale · Σ_k A[…, m, k] · B[…, k, n], for each combination of the batch dimensions.
 * Strides are in the order [...batch, m, k] for a, [...batch, k, n] for b and [...batch, m, n] for c;
 * c's last stride is 1. C never overlaps A or B.
 */
export interface GemmStep extends StepBase {
  readonly kind: 'gemm';
  readonly batch: readonly number[];
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Operand;
  readonly b: Operand;
  readonly c: Operand;
  readonly scale: number;
}

/**
 * A loop nest: for every point of the first dims.length − reduced dimensions,
 * out = scale · reduce over the last `reduced` dimensions of expr(operands).
 * Operands have one stride per dimension, `out` one per kept dimension. With reduced = 0, `reduce` is
 * 'none'. 'argmax' gives the position along its single reduced dimension (first of equals; NaN wins).
 * Elements of the out buffer that no point of the nest reaches are left alone. `out` may be the same
 * window as an operand (in place) only where reduced = 0 and the strides are equal.
 */
export interface NestStep extends StepBase {
  readonly kind: 'nest';
  readonly dims: readonly number[];
  readonly reduced: number;
  readonly reduce: 'none' | 'sum' | 'max' | 'min' | 'argmax';
  readonly operands: readonly Operand[];
  readonly out: Operand;
  readonly expr: Expr;
  readonly scale: number;
}

/** Every element of the buffer becomes `value`. */
export interface FillStep extends StepBase {
  readonly kind: 'fill';
  readonly out: number;
  readonly value: number;
}

/** Element i of out is the i-th number of the stream under the key that the four elements of `key` hold: see RandomOp. */
export interface RandomStep extends StepBase {
  readonly kind: 'random';
  readonly key: number;
  readonly stream: number;
  readonly out: number;
}

/** out[i, r] = data[clamp(indices[i], 0, rows − 1), r]; all three contiguous, r < rowSize. */
export interface GatherStep extends StepBase {
  readonly kind: 'gather';
  readonly data: number;
  readonly indices: number;
  readonly out: number;
  readonly rows: number;
  readonly rowSize: number;
  readonly count: number;
}

/** out = 0; out[clamp(indices[i], 0, rows − 1), r] += updates[i, r], in ascending i. */
export interface ScatterAddStep extends StepBase {
  readonly kind: 'scatterAdd';
  readonly indices: number;
  readonly updates: number;
  readonly out: number;
  readonly rows: number;
  readonly rowSize: number;
  readonly count: number;
}

export type Step = GemmStep | NestStep | FillStep | RandomStep | GatherStep | ScatterAddStep;

export interface Plan {
  readonly dtype: Dtype;
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
  readonly constants: readonly { readonly buffer: number; readonly data: readonly number[] }[];
}

/** The buffer a step writes. */
export const outputOf = (step: Step): number =>
  step.kind === 'gemm' ? step.c.buffer : step.kind === 'nest' ? step.out.buffer : step.out;
