/** Parts a tensor along an axis into equal ones. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber, constant, floorDivide, multiply } from '../../tensor/size.ts';
import { alongAxis, axisPlace, findAxis } from '../along-axis.ts';
import { type Axis, defineNode } from '../define.ts';
import { multipleOf } from '../divisibility.ts';

const letters = 'abcdefghijklmnop';
const unit = text(' parts', ' 份');
const portsOf = (parts: number): string[] => [...letters.slice(0, parts)];

export const split = defineNode({
  type: 'split',
  category: 'math',
  title: text('Split', '拆分'),
  doc: text(
    'Parts a tensor along an axis into equal ones, one behind the other: queries, keys and values of one product.',
    '沿一个轴把张量依次平分成几份，例如由一次乘积得到查询、键与值。',
  ),
  glyph: '⋔',
  params: z.object({
    parts: z
      .int()
      .min(1)
      .max(letters.length)
      .default(2)
      .meta({ label: text('Parts', '份数') }),
    ...alongAxis,
  }),
  inputs: [{ name: 'x' }],
  outputs: ({ params: { parts } }) => portsOf(parts).map((name) => ({ name })),
  summary: ({ parts, axis }) => `${parts} parts${axis === undefined ? '' : ` of ${axis}`}`,
  infer(context) {
    const { params: given, inputs, unify, fresh, report } = context;
    const at = findAxis(context);
    if (at === undefined) return {};
    const axes = inputs.x?.axes ?? [];
    const { name, size } = axes[at] as Axis;
    const whole = asNumber(size);
    if (whole !== undefined && whole % given.parts !== 0) {
      report('not-a-multiple', { port: 'x', axis: name }, multipleOf(name, whole, given.parts, unit));
      return {};
    }
    const part =
      given.parts === 1 ? (axes[at] as Axis) : { name, size: floorDivide(size, constant(given.parts)) };
    const joined = { name, size: multiply(constant(given.parts), fresh()) };
    if (given.parts > 1) unify(axes[at] as Axis, joined, { port: 'x', axis: name });
    const type = { axes: axes.with(at, part) };
    return Object.fromEntries(portsOf(given.parts).map((port) => [port, type]));
  },
  lower({ params: given, inputs, inputTypes, ir }) {
    const x = inputs.x as ValueId;
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const size = (ir.shape(x)[at] as number) / given.parts;
    return Object.fromEntries(portsOf(given.parts).map((port, k) => [port, ir.part(x, at, k * size, size)]));
  },
  torch({ params: given, inputs, inputTypes, let: define }) {
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const parts = define('parts', `${inputs.x}.chunk(${given.parts}, ${at})`);
    return Object.fromEntries(portsOf(given.parts).map((port, k) => [port, `${parts}[${k}]`]));
  },
  parts: unit,
  examples: [
    {
      // x.chunk(3, -1)
      params: { parts: 3 },
      inputs: { x: { axes: 'b 2, d 6', values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] } },
      expect: {
        a: { axes: 'b 2, d 2', values: [1, 2, 7, 8] },
        b: { axes: 'b 2, d 2', values: [3, 4, 9, 10] },
        c: { axes: 'b 2, d 2', values: [5, 6, 11, 12] },
      },
    },
    {
      params: { axis: 't' },
      inputs: { x: { axes: 't 4, d 3' } },
      expect: { a: { axes: 't 2, d 3' }, b: { axes: 't 2, d 3' } },
    },
  ],
});
