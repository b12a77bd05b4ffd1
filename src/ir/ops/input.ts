/** A value that comes from outside. */
import type { InputOp } from '../program.ts';
import { type OpRules, readsNothing } from './rules.ts';

export const input: OpRules<InputOp> = {
  ...readsNothing(),
  fault: () => undefined,
  print: ({ role, name }) => `${role} "${name}"`,
};
