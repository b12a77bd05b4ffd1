/** Along which operands of an operation gradients pass: what an optimizer trains is reached along these alone. */
import { derivative } from './derivative.ts';
import type { Op, ValueId } from './program.ts';
import { argsOf } from './program.ts';

/**
 * Operands by which an operation has a derivative that is not 0 everywhere: not row numbers, what is compared or
 * rounded, a largest place. Of a scan all; what its body does with them is for the caller to follow.
 */
export function differentiableArgs(op: Op): readonly ValueId[] {
  switch (op.kind) {
    case 'map':
      return op.args.filter((_, k) => derivative(op.expr, k) !== undefined);
    case 'reduce':
      return op.reduce === 'argmax' || op.detached ? [] : [op.arg];
    case 'gather':
      return [op.data];
    case 'scatterAdd':
      return [op.updates];
    default:
      return argsOf(op);
  }
}
