/** Some of the elements, at even distances along each axis; padding is its transpose. */
import type { SliceOp } from '../program.ts';
import { sliceFault } from '../views.ts';
import { type OpRules, pushLinear, readsOne } from './rules.ts';

export const slice: OpRules<SliceOp> = {
  ...readsOne(),
  fault: (op, { shapeOf }) => sliceFault(op, shapeOf(op.arg)),
  print: ({ arg, starts, steps }) => `slice %${arg} from ${starts.join(' ')} by ${steps.join(' ')}`,
  pullBack: ({ arg, starts, steps }, { ir, cotangent, add }) =>
    add(arg, ir.pad(cotangent, starts, steps, ir.shape(arg))),
  push: (op, at) => pushLinear(slice, op, at),
};
