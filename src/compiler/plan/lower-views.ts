/**
 * Lowers the operations that look at a tensor through another shape. Slices and windows are new views
 * of the same buffer and cost nothing; paddings, folds and concatenations write into a buffer of their
 * own, each part through a view of it.
 */
import { arg, e } from '../../ir/expr.ts';
import type { ConcatOp, FoldOp, PadOp, SliceOp, WindowOp } from '../../ir/program.ts';
import type { PlanBuilder } from './plan-builder.ts';
import type { StridedView } from './view.ts';

/** The elements start + step · i of each axis. */
function subview(
  { buffer, offset, strides }: StridedView,
  starts: readonly number[],
  steps: readonly number[],
  shape: readonly number[],
): StridedView {
  return {
    buffer,
    offset: starts.reduce((at, start, d) => at + start * (strides[d] as number), offset),
    shape,
    strides: strides.map((stride, d) => stride * (steps[d] as number)),
  };
}

export const sliceView = (op: SliceOp, source: StridedView): StridedView =>
  subview(source, op.starts, op.steps, op.shape);

/** One axis as two: windows overlap where `stride` is less than their extent. */
export function windowView(
  { axis, stride, dilation, shape }: Omit<WindowOp, 'kind' | 'arg'>,
  source: StridedView,
): StridedView {
  const along = source.strides[axis] as number;
  const strides = source.strides.toSpliced(axis, 1, along * stride, along * dilation);
  return { ...source, shape, strides };
}

/** `target` takes the elements of `source`; both have one shape. Axes run forwards in the target. */
function write(plan: PlanBuilder, source: StridedView, target: StridedView): void {
  let [from, to] = [source, target];
  for (const [axis, stride] of target.strides.entries())
    if (stride < 0) [from, to] = [flipped(from, axis), flipped(to, axis)];
  plan.nest({ kept: to.shape, operands: [from], out: to });
}

function flipped(view: StridedView, axis: number): StridedView {
  const stride = view.strides[axis] as number;
  return {
    ...view,
    offset: view.offset + stride * ((view.shape[axis] as number) - 1),
    strides: view.strides.with(axis, -stride),
  };
}

export function lowerPad(plan: PlanBuilder, op: PadOp, source: StridedView): StridedView {
  const out = plan.allocate(op.shape);
  plan.clear(out);
  write(plan, source, subview(out, op.starts, op.steps, source.shape));
  return out;
}

export function lowerConcat(
  plan: PlanBuilder,
  { args, axis, shape }: ConcatOp,
  view: (value: number) => StridedView,
): StridedView {
  const out = plan.allocate(shape);
  let start = 0;
  for (const value of args) {
    const source = view(value);
    const starts = shape.map((_, d) => (d === axis ? start : 0));
    write(
      plan,
      source,
      subview(
        out,
        starts,
        shape.map(() => 1),
        source.shape,
      ),
    );
    start += source.shape[axis] as number;
  }
  return out;
}

/**
 * Adds the elements at one offset of all windows at a time: those never meet, so each pass adds
 * element by element, in place.
 */
export function lowerFold(plan: PlanBuilder, op: FoldOp, source: StridedView): StridedView {
  const out = plan.allocate(op.shape);
  plan.clear(out);
  const split = windowView({ ...op, shape: source.shape }, out);
  const size = source.shape[op.axis + 1] as number;
  for (let k = 0; k < size; k++) {
    const [from, to] = [at(source, op.axis + 1, k), at(split, op.axis + 1, k)];
    plan.nest({ kept: to.shape, operands: [to, from], out: to, expr: e.add(arg(0), arg(1)) });
  }
  return out;
}

/** The view without an axis, at one place of it. */
function at({ buffer, offset, shape, strides }: StridedView, axis: number, place: number): StridedView {
  return {
    buffer,
    offset: offset + place * (strides[axis] as number),
    shape: shape.toSpliced(axis, 1),
    strides: strides.toSpliced(axis, 1),
  };
}
