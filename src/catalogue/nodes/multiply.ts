/** The product of two tensors, element by element (Hadamard). */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import { broadcastTypes } from '../broadcast.ts';
import { defineNode } from '../define.ts';
import { elementwise, torchOperands } from '../elementwise.ts';

export const multiply = defineNode({
  type: 'multiply',
  category: 'math',
  title: text('Multiply', '相乘'),
  doc: text(
    'a · b, element by element; nothing is summed. A tensor of lower rank is repeated along the axes whose names it lacks.',
    'a · b，逐元素，不求和。低阶张量沿其缺少的轴重复。',
  ),
  glyph: '×',
  params: z.object({}),
  inputs: [{ name: 'a' }, { name: 'b' }],
  outputs: [{ name: 'out' }],
  summary: () => 'a · b',
  infer(context) {
    const type = broadcastTypes(context, context.inputs.a ?? { axes: [] }, context.inputs.b ?? { axes: [] });
    return type ? { out: type } : {};
  },
  lower: (context) => ({ out: elementwise(context, ['a', 'b'], e.mul(arg(0), arg(1))) }),
  torch(context) {
    const [a, b] = torchOperands(context, ['a', 'b']);
    return { out: `${a} * ${b}` };
  },
  examples: [
    {
      inputs: { a: { axes: 'i 2', values: [3, 4] }, b: { axes: 'i 2', values: [10, 20] } },
      expect: { out: { axes: 'i 2', values: [30, 80] } },
    },
    {
      inputs: { a: { axes: 'j 3', values: [1, 2, 3] }, b: { axes: 'b 2, j 3', values: [1, 1, 1, 2, 2, 2] } },
      expect: { out: { axes: 'b 2, j 3', values: [1, 2, 3, 2, 4, 6] } },
    },
  ],
});
