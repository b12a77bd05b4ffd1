/** Elements among zeros; slicing is its transpose. */
import type { PadOp } from '../program.ts';
import { padFault } from '../views.ts';
import { type OpRules, pushLinear, readsOne } from './rules.ts';

export const pad: OpRules<PadOp> = {
  ...readsOne(),
  fault: (op, { shapeOf }) => padFault(op, shapeOf(op.arg)),
  print: ({ arg, starts, steps }) => `pad %${arg} at ${starts.join(' ')} by ${steps.join(' ')}`,
  pullBack: ({ arg, starts, steps }, { ir, cotangent, add }) =>
    add(arg, ir.slice(cotangent, starts, steps, ir.shape(arg))),
  push: (op, at) => pushLinear(pad, op, at),
};
