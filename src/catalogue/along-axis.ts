/** Node types that work along one axis of x: which one a parameter names, and x with that axis last. */
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import type { ValueId } from '../ir/program.ts';
import type { InferContext } from './define.ts';
import * as params from './params.ts';

export const alongAxis = {
  axis: params.indexName.optional().meta({
    label: text('Axis', '轴'),
    doc: text('Index name; empty: the last axis', '指标名；留空则为最后一个轴'),
  }),
};

interface AlongAxis {
  readonly axis?: string | undefined;
}

/** Where the named axis stands; none named: the last. −1 where it is missing. */
export const axisPlace = (axes: readonly { readonly name: string }[], { axis }: AlongAxis): number =>
  axis === undefined ? axes.length - 1 : axes.findIndex(({ name }) => name === axis);

/** The same; undefined, with a diagnostic, where it is missing. */
export function findAxis({ params: given, inputs, report }: InferContext<AlongAxis>): number | undefined {
  const axes = inputs.x?.axes ?? [];
  const at = axisPlace(axes, given);
  if (at >= 0) return at;
  const names = axes.map(({ name }) => name).join(', ') || '–';
  if (given.axis === undefined)
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: names, expected: 1 });
  else {
    const detail = text(`“${given.axis}” is not among ${names}`, `“${given.axis}” 不在 ${names} 之中`);
    report('bad-param', { param: 'axis' }, { param: 'axis', detail });
  }
  return undefined;
}

/** x with this axis behind all others. */
export function axisToEnd(ir: Builder, x: ValueId, at: number): ValueId {
  const all = ir.shape(x).map((_, d) => d);
  return ir.transpose(x, [...all.filter((d) => d !== at), at]);
}

/** The inverse. */
export function axisFromEnd(ir: Builder, x: ValueId, at: number): ValueId {
  const others = ir
    .shape(x)
    .map((_, d) => d)
    .slice(0, -1);
  return ir.transpose(x, [...others.slice(0, at), others.length, ...others.slice(at)]);
}
