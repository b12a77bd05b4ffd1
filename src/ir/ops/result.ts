/** One result of a recurrence. */
import type { ResultOp } from '../program.ts';
import { resultShape } from '../scan-parts.ts';
import { type OpRules, readsOne, sameShape } from './rules.ts';

export const result: OpRules<ResultOp> = {
  ...readsOne(),
  fault({ arg, index, shape }, { opOf }) {
    const scan = opOf(arg);
    if (scan.kind !== 'scan' || scan.body.outputs[index] === undefined) return 'there is no such result';
    return sameShape(resultShape(scan, index), shape) ? undefined : 'its shape is wrong';
  },
  print: ({ arg, index }) => `result ${index} of %${arg}`,
};
