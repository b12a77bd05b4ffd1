/** The largest element along an axis, as pooling takes it. */
import type { Builder } from './builder.ts';
import type { ValueId } from './program.ts';

/** The axis disappears; of equal largest elements the first gets the gradient. */
export function firstMax(ir: Builder, x: ValueId, axis: number): ValueId {
  const { source } = ir;
  const shape = ir.shape(x).toSpliced(axis, 1);
  return ir.append({
    kind: 'reduce',
    reduce: 'max',
    arg: x,
    axes: [axis],
    shape,
    ties: 'first',
    ...(source !== undefined && { source }),
  });
}
