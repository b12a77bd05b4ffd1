/** Where the largest number stands. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber } from '../../tensor/size.ts';
import { alongAxis, axisPlace, findAxis } from '../along-axis.ts';
import { type Axis, defineNode } from '../define.ts';
import * as params from '../params.ts';

export const argmax = defineNode({
  type: 'argmax',
  category: 'math',
  title: text('Argmax', '最大值位置'),
  doc: text(
    'The place of the largest number along an axis, which disappears; of equal ones the first. Of scores: the class. No gradient passes.',
    '沿一个轴最大数的位置，该轴消失；相等时取第一个。对得分而言就是类别。梯度不通过。',
  ),
  glyph: '⌃',
  params: z.object({
    ...alongAxis,
    smallest: params.flag.meta({ label: text('Smallest', '取最小') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ smallest }) => (smallest ? 'argmin x' : 'argmax x'),
  infer(context) {
    const at = findAxis(context);
    if (at === undefined) return {};
    const axes = context.inputs.x?.axes ?? [];
    const count = asNumber((axes[at] as Axis).size);
    const valueKind = count === undefined ? undefined : ({ kind: 'classes', classes: count } as const);
    return { y: { axes: axes.filter((_, d) => d !== at), ...(valueKind && { valueKind }) } };
  },
  lower({ params: given, inputs, inputTypes, ir }) {
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const x = inputs.x as ValueId;
    return { y: ir.reduce('argmax', given.smallest ? ir.apply('neg', x) : x, [at]) };
  },
  torch({ params: given, inputs, inputTypes }) {
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    return { y: `${inputs.x}.arg${given.smallest ? 'min' : 'max'}(${at}).to(${inputs.x})` };
  },
  detached: ['x'],
  examples: [
    {
      // torch.argmax(x, -1)
      inputs: { x: { axes: 'b 2, c 3', values: [1, 5, 5, 0, -1, -2] } },
      expect: { y: { axes: 'b 2', values: [1, 0] } },
      notDifferentiable: ['x'],
    },
    {
      // torch.argmin(x, 0)
      params: { axis: 'b', smallest: true },
      inputs: { x: { axes: 'b 2, c 3', values: [1, 5, 5, 0, 7, -2] } },
      expect: { y: { axes: 'c 3', values: [1, 0, 1] } },
      notDifferentiable: ['x'],
    },
  ],
});
