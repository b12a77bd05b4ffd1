/**
 * The intermediate representation: a program is a list of primitive operations in static single
 * assignment form. An operation's position in `ops` is its value's id, and arguments come before
 * their users. Shapes are concrete: size symbols were bound before lowering.
 *
 * All values are real numbers in the precision of the engine (integers are stored as reals; exact up
 * to 2^24 in float32). The set of operations is closed under differentiation (gradient.ts).
 */
import type { Expr } from './expr.ts';
import type { Literal } from './fill.ts';

export type ValueId = number;
export type Shape = readonly number[];

interface OpBase {
  readonly shape: Shape;
  /** The node (and output) this was lowered from, for messages: `hidden.y`. */
  readonly source?: string;
  /** Set for a part of a derivative: the source of the operation whose derivative it is. */
  readonly derives?: string;
}

/** A value that comes from outside: named state (parameters, moments), a feed of this step, or resident data. */
export interface InputOp extends OpBase {
  readonly kind: 'input';
  readonly name: string;
  readonly role: 'state' | 'feed' | 'data';
}

/** Literal numbers, row-major; where there are many of them by a rule, the rule. */
export interface ConstantOp extends OpBase {
  readonly kind: 'constant';
  readonly data: Literal;
}

/**
 * Numbers evenly spread over (0, 1), anew in each step: element i is a function of the step's key, the
 * stream and i alone (base/random.ts), so the same on every host, in every order. `key` has shape [4]: a
 * key's two words in 16-bit halves, high half first, which every precision holds exactly.
 */
export interface RandomOp extends OpBase {
  readonly kind: 'random';
  readonly key: ValueId;
  /** Tells draws under one key apart: a whole number from 0 to 2³² − 1. */
  readonly stream: number;
}

/** 0, 1, 2, … n−1; shape [n]. */
export interface IotaOp extends OpBase {
  readonly kind: 'iota';
}

/**
 * out[output] = scale · Σ over labels not in `output` of Π args[k][inputs[k]].
 *
 * Labels are small integers; `sizes[label]` is the label's size. A label may stand on any number of
 * operands (hyper-index), twice on one operand (diagonal), on the output only (broadcast), and twice
 * on the output (embedding: elements off the diagonal are 0). With no operands the product is 1, so
 * `-> ij` is a tensor of ones times `scale`, and `-> ii` is the Kronecker delta.
 * Invariant: every label that is summed stands on at least one operand.
 */
export interface ContractOp extends OpBase {
  readonly kind: 'contract';
  readonly args: readonly ValueId[];
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly sizes: readonly number[];
  readonly scale: number;
  /**
   * In which order to multiply the operands, where that is decided already: pairs of operands, n + i being
   * the result of pair i. It changes the cost and the rounding, never the meaning.
   */
  readonly path?: readonly (readonly [number, number])[];
  /** What else this was lowered from: the sources of contractions that became part of it. */
  readonly absorbed?: readonly string[];
}

/**
 * out[i…] = expr(args…) element by element. `axes[k][d]` is the output axis that axis d of operand k
 * runs along; output axes an operand lacks broadcast it. An operand's axes are distinct.
 */
export interface MapOp extends OpBase {
  readonly kind: 'map';
  readonly args: readonly ValueId[];
  readonly axes: readonly (readonly number[])[];
  readonly expr: Expr;
  /**
   * Its value is the softmax of its last operand, which the expression does not read, along the last axis: as a
   * function of that alone it is differentiated, in the form that loses the fewest digits. Passes, which come after
   * all derivatives, forget it.
   */
  readonly softmax?: true;
}

/** Largest, smallest, or position of the first largest, over `axes` (removed; ascending). argmax takes one axis. */
export interface ReduceOp extends OpBase {
  readonly kind: 'reduce';
  readonly reduce: 'max' | 'min' | 'argmax';
  readonly arg: ValueId;
  readonly axes: readonly number[];
  /** Differentiation takes it for a constant: right where it only shifts what does not depend on a shift (softmax). */
  readonly detached?: boolean;
  /** Of equal extrema the first alone gets the gradient, as in pooling; else they share it. It has one axis then. */
  readonly ties?: 'first';
}

/** The same numbers in the same row-major order under another shape. */
export interface ReshapeOp extends OpBase {
  readonly kind: 'reshape';
  readonly arg: ValueId;
}

/** out[i…] = arg[starts + steps · i…], axis by axis; a negative step walks backwards (a flip). Always inside `arg`. */
export interface SliceOp extends OpBase {
  readonly kind: 'slice';
  readonly arg: ValueId;
  readonly starts: readonly number[];
  readonly steps: readonly number[];
}

/** out[starts + steps · i…] = arg[i…], 0 elsewhere: the transpose of slice. */
export interface PadOp extends OpBase {
  readonly kind: 'pad';
  readonly arg: ValueId;
  readonly starts: readonly number[];
  readonly steps: readonly number[];
}

/**
 * One axis becomes two, position and offset: out[…, p, k, …] = arg[…, p · stride + k · dilation, …].
 * Windows may overlap, and may leave elements at the end out.
 */
export interface WindowOp extends OpBase {
  readonly kind: 'window';
  readonly arg: ValueId;
  readonly axis: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * Axes `axis` (position) and `axis + 1` (offset) become one: out[…, i, …] is the sum of the elements
 * arg[…, p, k, …] with p · stride + k · dilation = i. The transpose of window.
 */
export interface FoldOp extends OpBase {
  readonly kind: 'fold';
  readonly arg: ValueId;
  readonly axis: number;
  readonly stride: number;
  readonly dilation: number;
}

/** The operands one after the other along `axis`; other axes agree. */
export interface ConcatOp extends OpBase {
  readonly kind: 'concat';
  readonly args: readonly ValueId[];
  readonly axis: number;
}

/** out[i…, r…] = data[indices[i…], r…]; NaN where the index is no whole number of a row. */
export interface GatherOp extends OpBase {
  readonly kind: 'gather';
  readonly data: ValueId;
  readonly indices: ValueId;
}

/** out[n, r…] = Σ over i… with indices[i…] = n of updates[i…, r…]; the transpose of gather: what is no row's number adds nothing. shape[0] rows. */
export interface ScatterAddOp extends OpBase {
  readonly kind: 'scatterAdd';
  readonly indices: ValueId;
  readonly updates: ValueId;
}

/**
 * A recurrence. Its arguments are the first values of `carries` carries, then `rows` tensors that are taken
 * row by row along their first axis (of size `length`), then constants, the same in every iteration. Iteration
 * t computes the body from the carries so far, row t of each of the rows, and the constants; rows are taken
 * from the last to the first when `reverse`.
 *
 * The body's inputs are `carry i`, `row i` and `constant i`, where it reads them; its outputs, in this order,
 * the next value of each carry and then what the iteration gives (`out i`). The scan itself is a tuple, read
 * through ResultOp alone; its own shape is [].
 */
export interface ScanOp extends OpBase {
  readonly kind: 'scan';
  readonly args: readonly ValueId[];
  readonly carries: number;
  readonly rows: number;
  readonly length: number;
  readonly reverse: boolean;
  /** Its gradient computes each iteration again from the carries it began with, rather than keep what was computed. */
  readonly recomputes?: boolean;
  /** It stands for its iterations written out by bare wires: its gradient has their bits. */
  readonly bare?: boolean;
  readonly body: Program;
}

/**
 * One result of a scan: with c carries, result i < c is the last value of carry i, and result c + i the
 * outs i of all iterations, stacked along a new first axis in the order of the rows.
 */
export interface ResultOp extends OpBase {
  readonly kind: 'result';
  readonly arg: ValueId;
  readonly index: number;
}

export type Op =
  | InputOp
  | ConstantOp
  | IotaOp
  | RandomOp
  | ContractOp
  | MapOp
  | ReduceOp
  | ReshapeOp
  | SliceOp
  | PadOp
  | WindowOp
  | FoldOp
  | ConcatOp
  | GatherOp
  | ScatterAddOp
  | ScanOp
  | ResultOp;

export interface Program {
  readonly ops: readonly Op[];
  /** What the caller may read after a step. */
  readonly outputs: readonly { readonly name: string; readonly value: ValueId }[];
  /** After all values are computed, each named state takes this value. All at once: no update sees another. */
  readonly updates: readonly { readonly state: string; readonly value: ValueId }[];
}

export const elements = (shape: Shape): number => shape.reduce((n, s) => n * s, 1);

/** The operations of a program and of the bodies in it; a scan comes before its own. */
export const allOps = ({ ops }: Program): readonly Op[] =>
  ops.some((op) => op.kind === 'scan')
    ? ops.flatMap((op) => (op.kind === 'scan' ? [op, ...allOps(op.body)] : [op]))
    : ops;
