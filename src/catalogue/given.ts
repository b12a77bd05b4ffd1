/** What node types share whose shape the user writes down: tensor, parameter, input. */
import type { TensorType } from '../tensor/axis.ts';
import { asNumber, product } from '../tensor/size.ts';
import type { BoundType, InferContext } from './define.ts';

export const shapeOf = (type: BoundType | undefined): number[] => type?.axes.map((a) => a.size) ?? [];

/** The written axes as a type; `values`, when the user gives them, must be one for each element. */
export function inferGiven(
  context: InferContext<{ axes: readonly { name: string; size: number | string }[] }>,
  values: readonly number[] | undefined,
): Record<string, TensorType> {
  const axes = context.params.axes.map(({ name, size }) => ({ name, size: context.size(size, 'axes') }));
  const twice = axes.find((axis, d) => axes.findIndex((other) => other.name === axis.name) !== d);
  if (twice)
    context.report(
      'bad-param',
      { param: 'axes', axis: twice.name },
      { param: 'axes', detail: `the name "${twice.name}" stands twice` },
    );
  const expected = asNumber(product(axes.map((a) => a.size)));
  if (values && expected !== undefined && values.length !== expected) {
    context.report(
      'bad-param',
      { param: 'values' },
      { param: 'values', detail: `${values.length} numbers for ${expected} elements` },
    );
  }
  return { out: { axes } };
}
