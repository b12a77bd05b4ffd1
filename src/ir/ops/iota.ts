/** 0, 1, 2, … */
import type { IotaOp } from '../program.ts';
import { type OpRules, readsNothing } from './rules.ts';

export const iota: OpRules<IotaOp> = {
  ...readsNothing(),
  fault: ({ shape }) => (shape.length === 1 ? undefined : 'its shape must have one axis'),
  print: () => 'iota',
};
