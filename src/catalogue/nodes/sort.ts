/** The numbers of each row in order. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber } from '../../tensor/size.ts';
import { alongAxis, axisFromEnd, axisPlace, axisToEnd, findAxis } from '../along-axis.ts';
import { type Axis, defineNode } from '../define.ts';
import * as params from '../params.ts';
import { byRank, ranksOf } from '../ranking.ts';

export const sort = defineNode({
  type: 'sort',
  category: 'math',
  title: text('Sort', '排序'),
  doc: text(
    'The numbers along an axis from the least to the largest, and where each stood; equal ones keep their order. Gradients go back to where the numbers came from.',
    '沿一个轴从小到大排列，并给出各数原来的位置；相等者保持次序。梯度回到各数原来的位置。',
  ),
  glyph: '⇅',
  params: z.object({
    ...alongAxis,
    descending: params.flag.meta({ label: text('Largest first', '从大到小') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }, { name: 'indices', title: text('indices', '位置') }],
  summary: ({ descending }) => (descending ? 'y₀ ≥ y₁ ≥ …' : 'y₀ ≤ y₁ ≤ …'),
  infer(context) {
    const at = findAxis(context);
    const { x } = context.inputs;
    if (at === undefined || !x) return {};
    const count = asNumber((x.axes[at] as Axis).size);
    const valueKind = count === undefined ? undefined : ({ kind: 'classes', classes: count } as const);
    return { y: { axes: x.axes }, indices: { axes: x.axes, ...(valueKind && { valueKind }) } };
  },
  lower({ params: given, inputs, inputTypes, ir }) {
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const x = axisToEnd(ir, inputs.x as ValueId, at);
    const count = ir.shape(x).at(-1) as number;
    const ranks = ranksOf(ir, x, given.descending);
    return {
      y: axisFromEnd(ir, byRank(ir, x, ranks, count), at),
      indices: axisFromEnd(ir, byRank(ir, ir.iota(count), ranks, count), at),
    };
  },
  torch({ params: given, inputs, inputTypes, let: define }) {
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const order = given.descending ? ', descending=True' : '';
    const sorted = define('ordered', `torch.sort(${inputs.x}, dim=${at}${order}, stable=True)`);
    return { y: `${sorted}.values`, indices: `${sorted}.indices.to(${inputs.x})` };
  },
  examples: [
    {
      // torch.sort(x, stable=True)
      inputs: { x: { axes: 'b 2, i 3', values: [2, -1, 0.5, 3, 1, 2] } },
      expect: {
        y: { axes: 'b 2, i 3', values: [-1, 0.5, 2, 1, 2, 3] },
        indices: { axes: 'b 2, i 3', values: [1, 2, 0, 1, 2, 0] },
      },
    },
    {
      // torch.sort(x, 0, descending=True, stable=True)
      params: { axis: 'i', descending: true },
      inputs: { x: { axes: 'i 3, b 2', values: [1, 4, 1, 5, 2, 4] } },
      expect: {
        y: { axes: 'i 3, b 2', values: [2, 5, 1, 4, 1, 4] },
        indices: { axes: 'i 3, b 2', values: [2, 1, 0, 0, 1, 2] },
      },
      notDifferentiable: ['x'],
    },
  ],
});
