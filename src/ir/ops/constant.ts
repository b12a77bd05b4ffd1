/** Literal numbers. */
import { type ConstantOp, elements } from '../program.ts';
import { type OpRules, readsNothing } from './rules.ts';

export const constant: OpRules<ConstantOp> = {
  ...readsNothing(),
  fault: ({ data, shape }) =>
    !('length' in data) || data.length === elements(shape)
      ? undefined
      : `${data.length} numbers for ${elements(shape)} elements`,
  print({ data }) {
    if (!('length' in data)) return `constant ${data.fill}`;
    return `constant ${data.slice(0, 4).join(' ')}${data.length > 4 ? ' …' : ''}`;
  },
};
