/** What node types share whose shape the user writes down: tensor, parameter, input. */
import { text } from '../base/text.ts';
import { twice as namedTwice } from '../tensor/axes-text.ts';
import type { Axis, TensorType } from '../tensor/axis.ts';
import { asNumber, constant, product, type Size } from '../tensor/size.ts';
import type { BoundType } from './bound.ts';
import type { InferContext } from './define.ts';
import { extremes } from './value-kinds.ts';

export const shapeOf = (type: BoundType | undefined): number[] => type?.axes.map((a) => a.size) ?? [];

/** The axes of a matrix at an optional port; undefined without a wire, and `wrong`, with a diagnostic, for another rank. */
export function matrixAt(
  { inputs, report }: InferContext<unknown>,
  port: string,
): readonly [Axis, Axis] | 'wrong' | undefined {
  const axes = inputs[port]?.axes;
  if (!axes) return undefined;
  const [rows, columns] = axes;
  if (rows && columns && axes.length === 2) return [rows, columns];
  const names = axes.map(({ name }) => name).join(', ') || '–';
  report('rank-mismatch', { port }, { what: port, actual: axes.length, axes: names, expected: 2 });
  return 'wrong';
}

/** The name, or with the least number behind it that no axis has. */
export function freshName(name: string, axes: readonly { readonly name: string }[]): string {
  let fresh = name;
  for (let n = 2; axes.some((axis) => axis.name === fresh); n++) fresh = `${name}${n}`;
  return fresh;
}

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
      { param: 'axes', detail: namedTwice(twice.name) },
    );
  if (values) matchCount(context, values.length, product(axes.map((a) => a.size)));
  return { out: { axes, written: values && extremes(values) } };
}

/** One number for each element: said at once where the shape is plain numbers, else stated as an equation. */
function matchCount({ report, unify }: InferContext<unknown>, count: number, elements: Size): void {
  const expected = asNumber(elements);
  const [left, right] = [
    { name: 'values', size: constant(count) },
    { name: 'elements', size: elements },
  ];
  if (expected === undefined) unify(left, right, { axis: 'values', param: 'values' });
  else if (expected !== count) {
    const detail = text(`${count} numbers for ${expected} elements`, `${expected} 个元素却有 ${count} 个数`);
    report('bad-param', { param: 'values' }, { param: 'values', detail });
  }
}
