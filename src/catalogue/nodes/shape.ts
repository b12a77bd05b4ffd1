/** How many indices a tensor has, and how many numbers. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { scalar } from '../../tensor/axis.ts';
import { defineNode } from '../define.ts';

export const shape = defineNode({
  type: 'shape',
  category: 'tensor',
  title: text('Rank and size', '阶与大小'),
  doc: text(
    'The rank of a tensor, which is the number of its indices, and its size, which is the number of its elements.',
    '张量的阶（指标的个数）与大小（元素的个数）。',
  ),
  glyph: '#',
  params: z.object({}),
  inputs: [{ name: 'x' }],
  outputs: [
    { name: 'rank', title: text('rank', '阶') },
    { name: 'elements', title: text('elements', '元素个数') },
  ],
  // Neither depends on the numbers.
  detached: ['x'],
  infer: () => ({ rank: scalar, elements: scalar }),
  lower({ ir, inputTypes }) {
    const axes = inputTypes.x?.axes ?? [];
    const elements = axes.reduce((product, { size }) => product * size, 1);
    return { rank: ir.full([], axes.length), elements: ir.full([], elements) };
  },
  torch: ({ inputs: { x } }) => ({
    rank: `torch.tensor(float(${x}.dim()))`,
    elements: `torch.tensor(float(${x}.numel()))`,
  }),
  examples: [
    {
      inputs: { x: { axes: 'i 2, j 3, k 4' } },
      expect: { rank: { axes: '', values: [3] }, elements: { axes: '', values: [24] } },
      notDifferentiable: ['x'],
    },
    {
      inputs: { x: { axes: '' } },
      expect: { rank: { axes: '', values: [0] }, elements: { axes: '', values: [1] } },
      notDifferentiable: ['x'],
    },
  ],
});
