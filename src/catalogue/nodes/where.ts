/** A choice between two tensors, element by element. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, select } from '../../ir/expr.ts';
import { broadcastAll } from '../broadcast.ts';
import { defineNode } from '../define.ts';
import { elementwise, torchOperands } from '../elementwise.ts';

const ports = ['condition', 'a', 'b'] as const;

export const where = defineNode({
  type: 'where',
  category: 'math',
  title: text('Where', '按条件选取'),
  doc: text(
    'a where the condition is not 0, else b. What is not chosen gets no gradient. A tensor of lower rank is repeated along the axes whose names it lacks.',
    '条件不为 0 处取 a，否则取 b。未被选中者没有梯度。低阶张量沿其缺少的轴重复。',
  ),
  glyph: '⋎',
  params: z.object({}),
  inputs: [{ name: 'condition', title: text('condition', '条件') }, { name: 'a' }, { name: 'b' }],
  outputs: [{ name: 'y' }],
  summary: () => 'c ≠ 0: a, else b',
  infer(context) {
    const y = broadcastAll(context, ports);
    return y ? { y } : {};
  },
  lower: (context) => ({ y: elementwise(context, ports, select(arg(0), arg(1), arg(2))) }),
  torch(context) {
    const [condition, a, b] = torchOperands(context, ports);
    return { y: `torch.where(${condition} != 0, ${a}, ${b})` };
  },
  detached: ['condition'],
  examples: [
    {
      // torch.where(c != 0, a[:, None], b)
      inputs: {
        condition: { axes: 'i 2, j 2', values: [1, 0, -2, 0] },
        a: { axes: 'i 2', values: [5, 6] },
        b: { axes: 'i 2, j 2', values: [1, 2, 3, 4] },
      },
      expect: { y: { axes: 'i 2, j 2', values: [5, 2, 6, 4] } },
      notDifferentiable: ['condition'],
    },
  ],
});
