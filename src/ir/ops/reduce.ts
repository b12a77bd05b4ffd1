/** Extrema, and where they are. */
import type { Builder } from '../builder.ts';
import { arg, binary, e, number, select } from '../expr.ts';
import type { ReduceOp, ValueId } from '../program.ts';
import { type OpRules, readsOne, sameShape } from './rules.ts';

const isFlat = ({ reduce: kind, detached }: ReduceOp): boolean => kind === 'argmax' || detached === true;

/** 1 at the first element that attains the extremum, else 0. */
function firstAttaining(ir: Builder, { arg: x, axes: [axis = 0] }: ReduceOp) {
  const shape = ir.shape(x);
  const all = shape.map((_, d) => d);
  const kept = all.filter((d) => d !== axis);
  const isFirst = select(binary('eq', arg(0), arg(1)), number(1), number(0));
  const places = [ir.iota(shape[axis] as number), ir.reduce('argmax', x, [axis])];
  return { mask: ir.map(places, isFirst, [[axis], kept], shape), shape, all, kept };
}

/** 1 where an element attains the extremum, else 0, and the axes of the operand: all, and those that are kept. */
function attaining(ir: Builder, op: ReduceOp, value: ValueId) {
  const shape = ir.shape(op.arg);
  const all = shape.map((_, d) => d);
  const kept = all.filter((d) => !op.axes.includes(d));
  const attains = select(binary('eq', arg(0), arg(1)), number(1), number(0));
  return { mask: ir.map([op.arg, value], attains, [all, kept], shape), shape, all, kept };
}

export const reduce: OpRules<ReduceOp> = {
  ...readsOne(),
  fault(op, { shapeOf }) {
    if (op.reduce === 'argmax' && op.axes.length !== 1) return 'argmax takes one axis';
    if (op.ties && (op.reduce !== 'max' || op.axes.length !== 1)) return 'the first of maxima along one axis';
    const kept = shapeOf(op.arg).filter((_, d) => !op.axes.includes(d));
    return sameShape(kept, op.shape) ? undefined : 'its shape is not that of the kept axes';
  },
  print: (op) => `${op.ties ? `${op.ties} ` : ''}${op.reduce} %${op.arg} over ${op.axes.join(' ')}`,
  differentiableArgs: (op) => (isFlat(op) ? [] : [op.arg]),
  /** Each element that attains the extremum gets an equal share, as in PyTorch's amax; or the first gets all, as in its max_pool. */
  pullBack(op, { ir, value, cotangent, add }) {
    if (isFlat(op)) return;
    if (op.ties) {
      const { mask, shape, all, kept } = firstAttaining(ir, op);
      add(op.arg, ir.map([mask, cotangent], e.mul(arg(0), arg(1)), [all, kept], shape));
      return;
    }
    const { mask, shape, all, kept } = attaining(ir, op, value);
    const count = ir.sum(mask, op.axes);
    const share = e.div(e.mul(arg(0), arg(1)), arg(2));
    add(op.arg, ir.map([mask, cotangent, count], share, [all, kept, kept], shape));
  },
  /** The mean over the elements that attain the extremum, the transpose of what reverse mode does. */
  push(op, { ir, value, tangents }) {
    if (isFlat(op)) return undefined;
    if (op.ties) {
      const { mask, all, kept } = firstAttaining(ir, op);
      return ir.contract([mask, tangents.get(op.arg) as ValueId], [all, all], kept);
    }
    const { mask, all, kept } = attaining(ir, op, value);
    const chosen = ir.contract([mask, tangents.get(op.arg) as ValueId], [all, all], kept);
    return ir.map([chosen, ir.sum(mask, op.axes)], e.div(arg(0), arg(1)));
  },
};
