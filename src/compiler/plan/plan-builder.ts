/** Collects the buffers and steps of a plan while a program is lowered. Where buffers lie is decided afterwards. */
import { arg, type Expr } from '../../ir/expr.ts';
import type { Literal } from '../../ir/fill.ts';
import type { NestResult, Operand, Step } from '../../ir/plan.ts';
import { elements, type Shape } from '../../ir/program.ts';
import type { Target } from '../../ir/target.ts';
import { denseStrides, isDense, type StridedView } from './view.ts';

export interface DraftBuffer {
  readonly shape: Shape;
  readonly source: string | undefined;
  /** Written from outside (inputs, constants): it keeps its bytes to itself for the whole plan. */
  readonly pinned: boolean;
  /** It stands for a row of another buffer while a loop's body is planned, and for nothing afterwards. */
  readonly isRow?: boolean;
}

/** A step whose source is still to be written; one for each kind. */
type Draft<T extends Step = Step> = T extends Step ? Omit<T, 'source'> & { source?: string } : never;

export class PlanBuilder {
  readonly buffers: DraftBuffer[];
  steps: Step[] = [];
  readonly constants: { buffer: number; data: Literal }[];
  readonly #uniforms: Map<number, number>;
  /** Origin of the steps that follow. */
  source: string | undefined;
  /** Choices that are switched off; names of other things are let through. */
  readonly without: ReadonlySet<string>;

  readonly target: Target;

  /** `around`: what the new one shares all but its steps with. */
  constructor(target: Target, without: Iterable<string> = [], around?: PlanBuilder) {
    this.target = target;
    this.without = new Set(without);
    this.buffers = around?.buffers ?? [];
    this.constants = around?.constants ?? [];
    this.#uniforms = around === undefined ? new Map() : around.#uniforms;
  }

  /** For the body of a loop: steps of its own among the same buffers. */
  inside(): PlanBuilder {
    return new PlanBuilder(this.target, this.without, this);
  }

  allocate(shape: Shape, pinned = false): StridedView {
    this.buffers.push({ shape, source: this.source, pinned });
    return { buffer: this.buffers.length - 1, offset: 0, shape, strides: denseStrides(shape) };
  }

  /** A buffer that a loop's body is planned with: each iteration has another row of some tensor in its place. */
  row(shape: Shape): StridedView {
    this.buffers.push({ shape, source: this.source, pinned: true, isRow: true });
    return { buffer: this.buffers.length - 1, offset: 0, shape, strides: denseStrides(shape) };
  }

  /** Makes a row of a buffer that the body writes. */
  becomeRow(buffer: number): void {
    this.buffers[buffer] = { ...(this.buffers[buffer] as DraftBuffer), isRow: true };
  }

  /** Gives a buffer another shape, for steps that use it in another way. */
  reshape(buffer: number, shape: Shape): void {
    this.buffers[buffer] = { ...(this.buffers[buffer] as DraftBuffer), shape };
  }

  constant(shape: Shape, data: Literal): StridedView {
    const view = this.allocate(shape, true);
    this.constants.push({ buffer: view.buffer, data });
    return view;
  }

  /** All elements equal: one number in memory, read with strides of 0. */
  uniform(shape: Shape, value: number): StridedView {
    let buffer = this.#uniforms.get(value);
    if (buffer === undefined) {
      buffer = this.constant([], [value]).buffer;
      this.#uniforms.set(value, buffer);
    }
    return { buffer, offset: 0, shape, strides: shape.map(() => 0) };
  }

  /** The step, which was made for this, with its source written on it. */
  push(step: Draft): void {
    if (this.source !== undefined) step.source = this.source;
    this.steps.push(step);
  }

  /** Zeros in all of a new view's buffer. */
  clear({ buffer }: StridedView): void {
    const { shape } = this.buffers[buffer] as DraftBuffer;
    this.push({ kind: 'fill', out: { buffer, offset: 0 }, count: elements(shape), value: 0, flops: 0 });
  }

  /** One loop nest. Dimensions of size 1 are left out; `out` holds strides of the kept dimensions. */
  nest(options: {
    readonly kept: readonly number[];
    readonly reduced?: readonly number[];
    readonly reduce?: NestResult['reduce'];
    readonly operands: readonly Operand[];
    readonly out: Operand;
    readonly expr?: Expr;
    readonly scale?: number;
  }): void {
    const { kept, reduced = [], operands, out, expr = arg(0), scale = 1 } = options;
    const dims = [...kept, ...reduced];
    const isReal = (size: number) => size > 1;
    const allReal = dims.every(isReal);
    const pick = (strides: readonly number[]) =>
      allReal ? strides : strides.filter((_, d) => isReal(dims[d] as number));
    // A reduction over dimensions of size 1 alone still needs one of them: argmax must answer 0, not x.
    const needsOne = options.reduce === 'argmax' && reduced.every((size) => size === 1);
    const keptReal = kept.filter(isReal);
    const reducedReal = needsOne ? [1] : reduced.filter(isReal);
    this.push({
      kind: 'nest',
      dims: [...keptReal, ...reducedReal],
      reduced: reducedReal.length,
      operands: operands.map(({ buffer, offset, strides }) => ({
        buffer,
        offset,
        strides: needsOne ? [...pick(strides), 0] : pick(strides),
      })),
      results: [
        {
          out: { buffer: out.buffer, offset: out.offset, strides: pick(out.strides) },
          expr,
          reduce: reducedReal.length === 0 ? 'none' : (options.reduce ?? 'sum'),
          scale,
        },
      ],
      flops: elements(dims),
    });
  }

  /** The view itself where it is dense, else a dense copy of it. */
  dense(view: StridedView): StridedView {
    return isDense(view) ? { ...view, strides: denseStrides(view.shape) } : this.copy(view);
  }

  /** The view itself where it is all of its buffer, in order, else a dense copy in a buffer of its own. */
  whole(view: StridedView): StridedView {
    const all = elements((this.buffers[view.buffer] as DraftBuffer).shape);
    return elements(view.shape) === all && view.offset === 0 ? this.dense(view) : this.copy(view);
  }

  copy(view: StridedView): StridedView {
    const out = this.allocate(view.shape);
    this.nest({ kept: view.shape, operands: [view], out });
    return out;
  }
}
