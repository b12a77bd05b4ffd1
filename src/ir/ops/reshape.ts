/** The same numbers under another shape. */
import { elements, type ReshapeOp } from '../program.ts';
import { type OpRules, pushLinear, readsOne } from './rules.ts';

export const reshape: OpRules<ReshapeOp> = {
  ...readsOne(),
  fault: ({ arg, shape }, { shapeOf }) =>
    elements(shape) === elements(shapeOf(arg)) ? undefined : 'the number of elements changes',
  print: ({ arg }) => `reshape %${arg}`,
  pullBack: ({ arg }, { ir, cotangent, add }) => add(arg, ir.reshape(cotangent, ir.shape(arg))),
  push: (op, at) => pushLinear(reshape, op, at),
};
