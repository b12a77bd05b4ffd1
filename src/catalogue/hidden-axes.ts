/** `...` broadcasts as in NumPy: an axis of one that it stands for fits any size that stands there on another operand. */
import type { Axis } from '../tensor/axis.ts';
import { isHidden } from '../tensor/einsum.ts';
import { asNumber, hasUnknown } from '../tensor/size.ts';

const isOne = ({ size }: Axis): boolean => asNumber(size) === 1;

/**
 * The wider of two axes that `...` stands for, where one of them is of one element; undefined where they must be
 * equal. An open size that meets 1 learns to be 1.
 */
export function stretched(left: Axis, right: Axis): Axis | undefined {
  const wider = isOne(left) ? right : left;
  return isOne(left) === isOne(right) || hasUnknown(wider.size) ? undefined : wider;
}

/** For each operand the axes that stay when those of one element, which `...` stretches, are left out. */
export function unstretched(
  labels: readonly (readonly string[])[],
  shapes: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const sizes = new Map<string, number>();
  for (const [k, list] of labels.entries())
    for (const [d, label] of list.entries())
      sizes.set(label, Math.max(sizes.get(label) ?? 1, shapes[k]?.[d] ?? 1));
  return labels.map((list, k) =>
    list.flatMap((label, d) => (isHidden(label) && shapes[k]?.[d] !== sizes.get(label) ? [] : [d])),
  );
}
