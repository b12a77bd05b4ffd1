/**
 * Builds a program operation by operation. Shapes are worked out here, and what can be simplified
 * without looking further is: tensors of ones and Kronecker deltas are zero-operand contractions, and a
 * contraction absorbs them by identifying indices (absorb.ts), so that they are never computed.
 *
 * Two equal operations stay two values here (a gradient with respect to one of them must not see the
 * other); passes.ts merges them afterwards.
 */
import { absorbConstants, hasNoOperands } from './absorb.ts';
import { arg, argsUsed, type Expr, e, number, substituteArgs, type UnaryOp, unary } from './expr.ts';
import { type Literal, writeOutFew } from './fill.ts';
import {
  type ContractOp,
  elements,
  type Op,
  type Program,
  type ReduceOp,
  type Shape,
  type ValueId,
} from './program.ts';
import { concatFault, padFault, positionsIn, sliceFault, type Windowing, windowFault } from './views.ts';

const sameShape = (a: Shape, b: Shape) => a.length === b.length && a.every((s, d) => s === b[d]);

/** The caller built something impossible: a bug, never a user's graph. */
function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw new Error(`internal: ${fault}`);
}

/** An operation whose source is still to be written; one for each kind. */
type Draft<T extends Op> = T extends Op
  ? Omit<T, 'source' | 'derives'> & { source?: string; derives?: string }
  : never;

/** How the gradients of recurrences save memory, each for one more computation of the iterations: see scan.ts. */
export interface Checkpoints {
  /** Only the carries at the beginning of each of about √length segments are kept. */
  readonly segments: boolean;
  /** Only the carries at the beginning of each iteration are kept, of all that it computes. */
  readonly iterations: boolean;
}

export const noCheckpoints: Checkpoints = { segments: false, iterations: false };

export interface BuilderOptions {
  readonly literal?: boolean;
  readonly checkpoints?: Checkpoints;
}

export class Builder {
  /** Where the operations that follow come from; lowering sets it before each node. */
  source: string | undefined;
  /** While a derivative is written: the source of the operation whose derivative it is. */
  derives: string | undefined;
  readonly ops: Op[] = [];
  readonly #literal: boolean;
  readonly checkpoints: Checkpoints;

  /** `literal`: tensors of ones and zeros and Kronecker deltas stay operands like others. Tests compare with it. */
  constructor({ literal = false, checkpoints = noCheckpoints }: BuilderOptions = {}) {
    this.#literal = literal;
    this.checkpoints = checkpoints;
  }

  /** The operation, which was made for this, with its source written on it. */
  #push(op: Draft<Op>): ValueId {
    if (this.source !== undefined) op.source = this.source;
    if (this.derives !== undefined) op.derives = this.derives;
    return this.ops.push(op) - 1;
  }

  op(value: ValueId): Op {
    const op = this.ops[value];
    if (op === undefined) throw new Error(`internal: there is no value %${value}`);
    return op;
  }

  shape(value: ValueId): Shape {
    return this.op(value).shape;
  }

  finish(outputs: Program['outputs'], updates: Program['updates']): Program {
    return { ops: this.ops, outputs, updates };
  }

  /** An operation as it stands, its shape already worked out; nothing is simplified. */
  append(op: Op): ValueId {
    return op.source === this.source ? this.ops.push(op) - 1 : this.#push({ ...op });
  }

  input(name: string, shape: Shape, role: 'state' | 'feed' | 'data'): ValueId {
    return this.#push({ kind: 'input', name, role, shape });
  }

  constant(shape: Shape, literal: Literal): ValueId {
    const data = writeOutFew(literal, shape);
    if ('length' in data && data.length !== elements(shape))
      throw new Error(`internal: ${data.length} numbers for shape [${shape.join(', ')}]`);
    return this.#push({ kind: 'constant', shape, data });
  }

  /** A tensor whose elements are all `value`. */
  full(shape: Shape, value: number): ValueId {
    return this.contract(
      [],
      [],
      shape.map((_, d) => d),
      { sizes: shape, scale: value },
    );
  }

  /** The Kronecker delta of any rank: 1 where all indices are equal, else 0. */
  delta(rank: number, size: number): ValueId {
    return this.contract(
      [],
      [],
      Array.from({ length: rank }, () => 0),
      { sizes: [size] },
    );
  }

  /** Numbers evenly spread over (0, 1): see RandomOp. */
  random(key: ValueId, stream: number, shape: Shape): ValueId {
    return this.#push({ kind: 'random', key, stream, shape });
  }

  iota(size: number): ValueId {
    return this.#push({ kind: 'iota', shape: [size] });
  }

  /** See ContractOp. `sizes` need hold only labels that no operand has. */
  contract(
    args: readonly ValueId[],
    inputs: readonly (readonly number[])[],
    output: readonly number[],
    options: { sizes?: readonly number[]; scale?: number; path?: ContractOp['path'] } = {},
  ): ValueId {
    const sizes = [...(options.sizes ?? [])];
    inputs.forEach((labels, k) => {
      const shape = this.shape(args[k] as ValueId);
      labels.forEach((label, d) => {
        sizes[label] = shape[d] as number;
      });
    });
    const given = { args, inputs, output, sizes, scale: options.scale ?? 1 };
    const whole = this.#literal ? given : absorbConstants(given, (value) => this.op(value));
    const identity =
      whole.args.length === 1 &&
      whole.scale === 1 &&
      whole.inputs[0]?.length === whole.output.length &&
      new Set(whole.output).size === whole.output.length &&
      whole.inputs[0].every((label, d) => label === whole.output[d]);
    if (identity) return whole.args[0] as ValueId;
    const op: Draft<ContractOp> = {
      kind: 'contract',
      args: whole.args,
      inputs: whole.inputs,
      output: whole.output,
      sizes: whole.sizes,
      scale: whole.scale,
      shape: whole.output.map((label) => whole.sizes[label] as number),
    };
    // Where operands were absorbed, the path was one over other operands.
    const keepsPath = options.path && whole.args.length === args.length;
    return this.#push(keepsPath ? { ...op, path: options.path } : op);
  }

  /** A contraction in index notation, one letter an index: `einsum('bi,io->bo', x, w)`. */
  einsum(expression: string, ...args: ValueId[]): ValueId {
    const [left, right = ''] = expression.split('->');
    const label = (c: string) => c.charCodeAt(0);
    // Letters become small labels so that `sizes` stays short.
    const letters = [...new Set(expression.replace(/[^a-zA-Z]/g, ''))].map(label);
    const small = (c: string) => letters.indexOf(label(c));
    return this.contract(
      args,
      (left ?? '').split(',').map((s) => [...s].map(small)),
      [...right].map(small),
    );
  }

  /** See MapOp. Without `axes`, every operand has the shape of the first. */
  map(args: readonly ValueId[], expr: Expr, axes?: readonly (readonly number[])[], shape?: Shape): ValueId {
    const full = shape ?? this.shape(args[0] as ValueId);
    return this.#mapOf(args, expr, axes ?? args.map(() => full.map((_, d) => d)), full);
  }

  #mapOf(args: readonly ValueId[], expr: Expr, axes: readonly (readonly number[])[], shape: Shape): ValueId {
    // Uniform operands become constants of the expression; one that stands twice along the same axes is
    // read once, and has one derivative; operands no longer read are dropped.
    const isPlain = args.every((value, i) => args.indexOf(value) === i && this.#uniform(value) === undefined);
    const slot = (i: number): Expr => {
      const uniform = this.#uniform(args[i] as ValueId);
      if (uniform !== undefined) return number(uniform);
      return arg(args.findIndex((v, j) => v === args[i] && sameShape(axes[j] ?? [], axes[i] ?? [])));
    };
    const folded = isPlain ? expr : substituteArgs(expr, slot);
    if (folded.op === 'const') return this.full(shape, folded.value);
    const used = argsUsed(folded);
    if (used.size < args.length) {
      const kept = [...used].sort((a, b) => a - b);
      return this.#mapOfUsed(
        kept.map((i) => args[i] as ValueId),
        substituteArgs(folded, (i) => arg(kept.indexOf(i))),
        kept.map((i) => axes[i] as readonly number[]),
        shape,
      );
    }
    return this.#mapOfUsed(args, folded, axes, shape);
  }

  /** Every operand is read. */
  #mapOfUsed(
    args: readonly ValueId[],
    expr: Expr,
    axes: readonly (readonly number[])[],
    shape: Shape,
  ): ValueId {
    const [only] = axes;
    if (expr.op === 'arg' && only?.length === shape.length && only.every((a, d) => a === d))
      return args[0] as ValueId;
    return this.#push({ kind: 'map', args, axes, expr, shape });
  }

  /** The same numbers as a value of their own: what is differentiated by one does not see the other. */
  copy(value: ValueId): ValueId {
    const shape = this.shape(value);
    return this.#push({ kind: 'map', args: [value], axes: [shape.map((_, d) => d)], expr: arg(0), shape });
  }

  apply(op: UnaryOp, x: ValueId): ValueId {
    return this.map([x], unary(op, arg(0)));
  }

  /** Element by element, shapes equal. */
  add(a: ValueId, b: ValueId): ValueId {
    return this.map([a, b], e.add(arg(0), arg(1)));
  }

  sub(a: ValueId, b: ValueId): ValueId {
    return this.map([a, b], e.sub(arg(0), arg(1)));
  }

  mul(a: ValueId, b: ValueId): ValueId {
    return this.map([a, b], e.mul(arg(0), arg(1)));
  }

  scale(x: ValueId, factor: number): ValueId {
    return this.map([x], e.mul(arg(0), number(factor)));
  }

  /** Sums over axes, which disappear; over all of them when none are named. */
  sum(x: ValueId, axes?: readonly number[], scale = 1): ValueId {
    const labels = this.shape(x).map((_, d) => d);
    return this.contract([x], [labels], axes ? labels.filter((d) => !axes.includes(d)) : [], { scale });
  }

  mean(x: ValueId, axes?: readonly number[]): ValueId {
    const shape = this.shape(x);
    const count = elements(axes ? axes.map((d) => shape[d] as number) : shape);
    return this.sum(x, axes, 1 / count);
  }

  /** Repeats x along new axes: axis d of x runs along axis `axes[d]` of the result. */
  broadcast(x: ValueId, axes: readonly number[], shape: Shape): ValueId {
    return this.contract(
      [x],
      [axes],
      shape.map((_, d) => d),
      { sizes: shape },
    );
  }

  transpose(x: ValueId, order: readonly number[]): ValueId {
    return this.contract([x], [this.shape(x).map((_, d) => d)], order);
  }

  reduce(reduce: ReduceOp['reduce'], x: ValueId, axes: readonly number[], detached = false): ValueId {
    const sorted = [...axes].sort((a, b) => a - b);
    const shape = this.shape(x).filter((_, d) => !sorted.includes(d));
    return this.#push({ kind: 'reduce', reduce, arg: x, axes: sorted, shape, ...(detached && { detached }) });
  }

  reshape(x: ValueId, shape: Shape): ValueId {
    const old = this.shape(x);
    if (elements(old) !== elements(shape))
      throw new Error(`internal: cannot reshape [${old.join(', ')}] to [${shape.join(', ')}]`);
    if (sameShape(old, shape)) return x;
    const value = this.#uniform(x);
    if (value !== undefined) return this.full(shape, value);
    return this.#push({ kind: 'reshape', arg: x, shape });
  }

  /** See SliceOp. */
  slice(x: ValueId, starts: readonly number[], steps: readonly number[], shape: Shape): ValueId {
    const whole = this.shape(x);
    refuse(sliceFault({ starts, steps, shape }, whole));
    if (sameShape(whole, shape) && steps.every((s, d) => s === 1 || shape[d] === 1)) return x;
    const value = this.#uniform(x);
    if (value !== undefined) return this.full(shape, value);
    return this.#push({ kind: 'slice', arg: x, starts, steps, shape });
  }

  /** `size` elements of one axis from `start` on; the other axes whole. */
  part(x: ValueId, axis: number, start: number, size: number, step = 1): ValueId {
    const shape = this.shape(x);
    const along = (here: number, elsewhere: readonly number[]) =>
      elsewhere.map((n, d) => (d === axis ? here : n));
    return this.slice(
      x,
      along(
        start,
        shape.map(() => 0),
      ),
      along(
        step,
        shape.map(() => 1),
      ),
      along(size, shape),
    );
  }

  /** See PadOp. */
  pad(x: ValueId, starts: readonly number[], steps: readonly number[], shape: Shape): ValueId {
    const small = this.shape(x);
    refuse(padFault({ starts, steps, shape }, small));
    if (sameShape(small, shape) && steps.every((s, d) => s === 1 || shape[d] === 1)) return x;
    if (this.#uniform(x) === 0) return this.full(shape, 0);
    return this.#push({ kind: 'pad', arg: x, starts, steps, shape });
  }

  /** See WindowOp. As many windows of `size` elements as fit, or as `positions` says. */
  window(
    x: ValueId,
    axis: number,
    size: number,
    { stride, dilation, positions }: Windowing & { readonly positions?: number },
  ): ValueId {
    const whole = this.shape(x);
    const count = positions ?? positionsIn(whole[axis] as number, size, { stride, dilation });
    const shape = [...whole.slice(0, axis), count, size, ...whole.slice(axis + 1)];
    refuse(windowFault({ axis, stride, dilation }, whole, shape));
    const value = this.#uniform(x);
    if (value !== undefined) return this.full(shape, value);
    return this.#push({ kind: 'window', arg: x, axis, stride, dilation, shape });
  }

  /** See FoldOp. `length` is the size of the axis that comes out. */
  fold(x: ValueId, axis: number, length: number, { stride, dilation }: Windowing): ValueId {
    const split = this.shape(x);
    const shape = [...split.slice(0, axis), length, ...split.slice(axis + 2)];
    refuse(windowFault({ axis, stride, dilation }, shape, split));
    if (this.#uniform(x) === 0) return this.full(shape, 0);
    // Windows that lie side by side and cover everything are merely written differently.
    const [positions = 0, size = 0] = split.slice(axis);
    const sideBySide =
      positions * size === length && (size === 1 || dilation === 1) && (positions === 1 || stride === size);
    if (sideBySide) return this.reshape(x, shape);
    return this.#push({ kind: 'fold', arg: x, axis, stride, dilation, shape });
  }

  /** See ConcatOp. */
  concat(args: readonly ValueId[], axis: number): ValueId {
    const [first] = args;
    if (first !== undefined && args.length === 1) return first;
    const shapes = args.map((x) => this.shape(x));
    const total = shapes.reduce((n, shape) => n + (shape[axis] ?? 0), 0);
    const shape = (shapes[0] ?? []).map((n, d) => (d === axis ? total : n));
    refuse(concatFault({ axis, shape }, shapes));
    return this.#push({ kind: 'concat', args, axis, shape });
  }

  /** The number that every element is, where that is known. */
  #uniform(x: ValueId): number | undefined {
    const op = this.op(x);
    if (this.#literal || !hasNoOperands(op)) return undefined;
    return new Set(op.output).size === op.output.length ? op.scale : undefined;
  }

  /** Rows of `data` [n, r…] by their numbers `indices` [i…]: [i…, r…]. See GatherOp. */
  gather(data: ValueId, indices: ValueId): ValueId {
    return this.#push({
      kind: 'gather',
      data,
      indices,
      shape: [...this.shape(indices), ...this.shape(data).slice(1)],
    });
  }

  /** `updates` [i…, r…] added up into `rows` rows by their numbers `indices` [i…]: [rows, r…]. See ScatterAddOp. */
  scatterAdd(indices: ValueId, updates: ValueId, rows: number): ValueId {
    const rest = this.shape(updates).slice(this.shape(indices).length);
    return this.#push({ kind: 'scatterAdd', indices, updates, shape: [rows, ...rest] });
  }
}
