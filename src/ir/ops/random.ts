/** Draws, which nothing differentiates. */
import type { RandomOp } from '../program.ts';
import { type OpRules, sameShape } from './rules.ts';

export const random: OpRules<RandomOp> = {
  args: ({ key }) => [key],
  withArgs: (op, replace) => ({ ...op, key: replace(op.key) }),
  fault: ({ key }, { shapeOf }) =>
    sameShape(shapeOf(key), [4]) ? undefined : 'its key must have the shape [4]',
  print: ({ key, stream }) => `random %${key} stream ${stream}`,
};
