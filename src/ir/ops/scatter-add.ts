/** Rows added up by their numbers, which have no derivative; taking rows is its transpose. */
import type { ScatterAddOp } from '../program.ts';
import { type OpRules, pushLinear, sameShape } from './rules.ts';

export const scatterAdd: OpRules<ScatterAddOp> = {
  args: ({ indices, updates }) => [indices, updates],
  withArgs: (op, replace) => ({ ...op, indices: replace(op.indices), updates: replace(op.updates) }),
  fault({ indices, updates, shape }, { shapeOf }) {
    const rank = shapeOf(indices).length;
    const fits =
      sameShape(shapeOf(updates).slice(0, rank), shapeOf(indices)) &&
      sameShape(shapeOf(updates).slice(rank), shape.slice(1));
    return fits ? undefined : 'its shapes disagree';
  },
  print: ({ indices, updates }) => `scatter-add %${updates} at %${indices}`,
  differentiableArgs: ({ updates }) => [updates],
  pullBack: ({ indices, updates }, { ir, cotangent, add }) => add(updates, ir.gather(cotangent, indices)),
  push: (op, at) => pushLinear(scatterAdd, op, at, op.indices),
};
