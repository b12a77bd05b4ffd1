/** The sum of two tensors, element by element. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import { broadcastTypes } from '../broadcast.ts';
import { defineNode } from '../define.ts';
import { elementwise, torchOperands } from '../elementwise.ts';

export const add = defineNode({
  type: 'add',
  category: 'math',
  title: text('Add', '相加'),
  doc: text(
    'a + b, element by element. A tensor of lower rank is repeated along the axes whose names it lacks.',
    'a + b，逐元素。低阶张量沿其缺少的轴重复。',
  ),
  glyph: '+',
  params: z.object({}),
  inputs: [{ name: 'a' }, { name: 'b' }],
  outputs: [{ name: 'out' }],
  summary: () => 'a + b',
  infer(context) {
    const type = broadcastTypes(context, context.inputs.a ?? { axes: [] }, context.inputs.b ?? { axes: [] });
    return type ? { out: type } : {};
  },
  lower: (context) => ({ out: elementwise(context, ['a', 'b'], e.add(arg(0), arg(1))) }),
  torch(context) {
    const [a, b] = torchOperands(context, ['a', 'b']);
    return { out: `${a} + ${b}` };
  },
  examples: [
    {
      inputs: { a: { axes: 'i 2', values: [1, 2] }, b: { axes: 'i 2', values: [10, 20] } },
      expect: { out: { axes: 'i 2', values: [11, 22] } },
    },
    {
      inputs: { a: { axes: 'b 2, j 2', values: [1, 2, 3, 4] }, b: { axes: 'b 2', values: [10, 20] } },
      expect: { out: { axes: 'b 2, j 2', values: [11, 12, 23, 24] } },
    },
    { inputs: { a: { axes: '' }, b: { axes: 'i 3, j 2' } }, expect: { out: { axes: 'i 3, j 2' } } },
  ],
});
