/** Contractions that compute nothing: they permute, repeat or tie axes of one operand. Reading through them costs nothing. */
import type { ContractOp, Op } from '../program.ts';

/** One operand, and every axis of it still there. */
export const isFreeView = (op: Op): op is ContractOp =>
  op.kind === 'contract' &&
  op.args.length === 1 &&
  (op.inputs[0] as readonly number[]).every((label) => op.output.includes(label));

const isDistinct = (labels: readonly number[]) => new Set(labels).size === labels.length;

/**
 * For each axis of the operand, the axis of the view that it runs along; undefined where the view is
 * more than a permutation with repeats, and a factor.
 */
export function axesThrough(view: ContractOp): number[] | undefined {
  const labels = view.inputs[0] as readonly number[];
  if (!isDistinct(labels) || !isDistinct(view.output)) return undefined;
  return labels.map((label) => view.output.indexOf(label));
}
