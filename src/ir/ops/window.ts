/** One axis as windows along it; adding windows up is its transpose. */
import type { FoldOp, WindowOp } from '../program.ts';
import { windowFault } from '../views.ts';
import { type OpRules, pushLinear, readsOne } from './rules.ts';

/** Of windows and of their transpose alike. */
export function printWindowing({ kind, arg, axis, stride, dilation }: WindowOp | FoldOp): string {
  const dilated = dilation === 1 ? '' : ` dilation ${dilation}`;
  return `${kind} %${arg} axis ${axis} stride ${stride}${dilated}`;
}

export const window: OpRules<WindowOp> = {
  ...readsOne(),
  fault: (op, { shapeOf }) => windowFault(op, shapeOf(op.arg), op.shape),
  print: printWindowing,
  pullBack: (op, { ir, cotangent, add }) =>
    add(op.arg, ir.fold(cotangent, op.axis, ir.shape(op.arg)[op.axis] as number, op)),
  push: (op, at) => pushLinear(window, op, at),
};
