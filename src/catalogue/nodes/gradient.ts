/** The derivative of a scalar by any tensor it is computed from. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { gradient as differentiate } from '../../ir/gradient.ts';
import { defineNode } from '../define.ts';
import { torchGradient } from '../torch.ts';

export const gradient = defineNode({
  type: 'gradient',
  category: 'math',
  title: text('Gradient', '梯度'),
  doc: text(
    '∂of/∂by: how the scalar changes with each element. Wire “by” to a tensor that “of” is computed from. Gradients of gradients are allowed.',
    '∂函数/∂变量：标量随每个元素的变化。“变量”接到参与计算“函数”的张量。允许对梯度再求梯度。',
  ),
  glyph: '∂',
  params: z.object({}),
  inputs: [
    { name: 'of', title: text('of', '函数') },
    { name: 'by', title: text('by', '变量') },
  ],
  outputs: [{ name: 'out' }],
  summary: () => '∂f / ∂x',
  infer({ inputs, report }) {
    const axes = inputs.of?.axes ?? [];
    if (axes.length > 0) {
      report('not-scalar', { port: 'of' }, { what: 'of', axes: axes.map((a) => a.name).join(', ') });
      return {};
    }
    return inputs.by ? { out: inputs.by } : {};
  },
  lower: ({ inputs, ir }) => ({
    out: differentiate(ir, inputs.of as number, [inputs.by as number])[0] as number,
  }),
  differentiates: { of: 'of', by: 'by' },
  // Alone, "of" cannot depend on "by"; templates/quadratic-bowl and the gradient tests exercise it in graphs.
  torch: ({ inputs, helper }) => ({ out: `${helper(torchGradient)}(${inputs.of}, ${inputs.by})` }),
  examples: [
    {
      inputs: { of: { axes: '' }, by: { axes: 'i 3' } },
      expect: { out: { axes: 'i 3', values: [0, 0, 0] } },
    },
  ],
});
