/** Tensors one after the other along an axis. */
import type { ConcatOp } from '../program.ts';
import { concatFault } from '../views.ts';
import { type OpRules, printValues, pushLinear, readsMany } from './rules.ts';

export const concat: OpRules<ConcatOp> = {
  ...readsMany(),
  fault: (op, { shapeOf }) => concatFault(op, op.args.map(shapeOf)),
  print: ({ args, axis }) => `concat ${printValues(args)} axis ${axis}`,
  /** Each operand's part of the cotangent. */
  pullBack({ args, axis }, { ir, cotangent, add }) {
    let start = 0;
    for (const operand of args) {
      const size = ir.shape(operand)[axis] as number;
      add(operand, ir.part(cotangent, axis, start, size));
      start += size;
    }
  },
  push: (op, at) => pushLinear(concat, op, at),
};
