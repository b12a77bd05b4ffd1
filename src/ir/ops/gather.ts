/** Rows by their numbers, which have no derivative; adding rows up is its transpose. */
import type { GatherOp } from '../program.ts';
import { type OpRules, pushLinear, sameShape } from './rules.ts';

export const gather: OpRules<GatherOp> = {
  args: ({ data, indices }) => [data, indices],
  withArgs: (op, replace) => ({ ...op, data: replace(op.data), indices: replace(op.indices) }),
  fault: ({ data, indices, shape }, { shapeOf }) =>
    sameShape([...shapeOf(indices), ...shapeOf(data).slice(1)], shape) ? undefined : 'its shape is wrong',
  print: ({ data, indices }) => `gather %${data} at %${indices}`,
  differentiableArgs: ({ data }) => [data],
  pullBack: ({ data, indices }, { ir, cotangent, add }) =>
    add(data, ir.scatterAdd(indices, cotangent, ir.shape(data)[0] as number)),
  push: (op, at) => pushLinear(gather, op, at, op.indices),
};
