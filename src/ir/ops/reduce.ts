/** Extrema, and where they are. */
import type { Builder } from '../builder.ts';
import { arg, binary, e, number, select } from '../expr.ts';
import type { ReduceOp, ValueId } from '../program.ts';
import { type OpRules, readsOne, sameShape } from './rules.ts';

const isFlat = ({ reduce: kind, detached }: ReduceOp): boolean => kind === 'argmax' || detached === true;

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
    const kept = shapeOf(op.arg).filter((_, d) => !op.axes.includes(d));
    return sameShape(kept, op.shape) ? undefined : 'its shape is not that of the kept axes';
  },
  print: (op) => `${op.reduce} %${op.arg} over ${op.axes.join(' ')}`,
  differentiableArgs: (op) => (isFlat(op) ? [] : [op.arg]),
  /** Each element that attains the extremum gets an equal share, as in PyTorch's amax. */
  pullBack(op, { ir, value, cotangent, add }) {
    if (isFlat(op)) return;
    const { mask, shape, all, kept } = attaining(ir, op, value);
    const count = ir.sum(mask, op.axes);
    const share = e.div(e.mul(arg(0), arg(1)), arg(2));
    add(op.arg, ir.map([mask, cotangent, count], share, [all, kept, kept], shape));
  },
  /** The mean over the elements that attain the extremum, the transpose of what reverse mode does. */
  push(op, { ir, value, tangents }) {
    if (isFlat(op)) return undefined;
    const { mask, all, kept } = attaining(ir, op, value);
    const chosen = ir.contract([mask, tangents.get(op.arg) as ValueId], [all, all], kept);
    return ir.map([chosen, ir.sum(mask, op.axes)], e.div(arg(0), arg(1)));
  },
};
