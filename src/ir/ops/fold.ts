/** Windows added up into one axis; taking windows is its transpose. */
import type { FoldOp } from '../program.ts';
import { windowFault } from '../views.ts';
import { type OpRules, pushLinear, readsOne } from './rules.ts';
import { printWindowing } from './window.ts';

export const fold: OpRules<FoldOp> = {
  ...readsOne(),
  fault: (op, { shapeOf }) => windowFault(op, op.shape, shapeOf(op.arg)),
  print: printWindowing,
  pullBack(op, { ir, cotangent, add }) {
    const [positions = 0, size = 0] = ir.shape(op.arg).slice(op.axis);
    add(op.arg, ir.window(cotangent, op.axis, size, { ...op, positions }));
  },
  push: (op, at) => pushLinear(fold, op, at),
};
