/** An axis whose first half are positions and whose second half are momenta. */
import { text } from '../base/text.ts';
import { asNumber, constant, multiply } from '../tensor/size.ts';
import type { Axis, InferContext } from './define.ts';
import { multipleOf } from './divisibility.ts';
import * as params from './params.ts';

/** The name of the axis as a parameter; the last where it is left out. */
export const halvesOf = params.indexName.optional().meta({
  label: text('Halves of', '对半的轴'),
  doc: text(
    'The index whose first half are positions, and its second momenta; empty: the last',
    '前一半为位置、后一半为动量的指标；留空则为最后一个',
  ),
});

/** Its place; −1 where there is none of the name. */
export const axisOfHalves = (
  axes: readonly { readonly name: string }[],
  halves: string | undefined,
): number => (halves === undefined ? axes.length - 1 : axes.findIndex(({ name }) => name === halves));

/** Whether the axis is there and, as far as is known, of an even size; told at the port where not. */
export function expectHalves(
  { params: { halves }, fresh, unify, report }: InferContext<{ readonly halves?: string | undefined }>,
  port: string,
  axes: readonly Axis[],
): boolean {
  const axis = axes[axisOfHalves(axes, halves)];
  if (axis === undefined) {
    const names = axes.map(({ name }) => name).join(', ') || '–';
    const detail = text(
      `“${halves ?? ''}” is not among ${names}; positions and momenta are the halves of an axis`,
      `“${halves ?? ''}” 不在 ${names} 之中；位置与动量是某个轴的两半`,
    );
    report('bad-param', { param: 'halves' }, { param: 'halves', detail });
    return false;
  }
  const size = asNumber(axis.size);
  // A symbol is even where it is bound to an even number.
  if (size === undefined) {
    const even = { name: axis.name, size: multiply(constant(2), fresh()) };
    unify(axis, even, { port, axis: axis.name });
  }
  if (size === undefined || size % 2 === 0) return true;
  report('not-a-multiple', { port, axis: axis.name }, multipleOf(axis.name, size, 2));
  return false;
}
