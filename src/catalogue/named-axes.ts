/** Axes by name: which of an input a parameter names (none named means the last), and a last one put to others. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Axis, InferContext } from './define.ts';
import * as params from './params.ts';

export const axisNames = z
  .array(params.indexName)
  .max(32)
  .default([])
  .meta({
    label: text('Axes', '轴'),
    doc: text('Index names; empty: the last axis', '指标名；留空则为最后一个轴'),
    widget: 'names',
  });

/** Places of the named axes, ascending; a name that is not there has none. */
export function placesOf(axes: readonly { readonly name: string }[], names: readonly string[]): number[] {
  if (names.length === 0) return axes.length === 0 ? [] : [axes.length - 1];
  return axes.flatMap(({ name }, d) => (names.includes(name) ? [d] : []));
}

/** The same, with a diagnostic where x is a scalar or a name is not on it. */
export function findAxes(
  { inputs, report }: InferContext<unknown>,
  names: readonly string[],
): readonly number[] | undefined {
  const axes = inputs.x?.axes ?? [];
  const missing = names.find((name) => !axes.some((axis) => axis.name === name));
  if (axes.length > 0 && missing === undefined) return placesOf(axes, names);
  if (missing === undefined)
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
  else {
    const there = axes.map((a) => a.name).join(', ');
    report(
      'bad-param',
      { param: 'axes' },
      {
        param: 'axes',
        detail: text(`“${missing}” is not among ${there}`, `“${missing}” 不在 ${there} 之中`),
      },
    );
  }
  return undefined;
}

/** The axes with one more at the end, which the parameter `name` names; told where they have that name already. */
export function withLast(
  { report }: Pick<InferContext<unknown>, 'report'>,
  axes: readonly Axis[],
  last: Axis,
): readonly Axis[] {
  if (axes.some(({ name }) => name === last.name))
    report('name-twice', { param: 'name', axis: last.name }, { axis: last.name });
  return axes.concat(last);
}
