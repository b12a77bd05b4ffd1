/** Any numbers as a loss: the energy of a system. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { defineNode } from '../define.ts';
import { lossInTorch, lossOutputs, reduced } from '../loss.ts';
import { expectQuantities } from '../value-kinds.ts';

export const energy = defineNode({
  type: 'energy',
  category: 'loss',
  title: text('Energy', '能量'),
  doc: text(
    'The sum or the mean of whatever comes in, to be made small: the energy of a state, the potential of an ensemble, a residual.',
    '把输入求和或平均，作为要减小的量：状态的能量、系综的势能、残差。',
  ),
  glyph: '∇',
  params: z.object({
    reduction: z
      .enum(['sum', 'mean'])
      .default('sum')
      .meta({
        label: text('Reduction', '归约'),
        options: { sum: text('sum', '求和'), mean: text('mean', '平均') },
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: lossOutputs,
  summary: ({ reduction }) => (reduction === 'sum' ? 'Σ x' : 'mean x'),
  measures: 'loss',
  infer(context) {
    expectQuantities(context, 'x');
    return { loss: scalar };
  },
  lower: (context) => reduced(context, context.inputs.x as ValueId, context.params.reduction),
  torch: (context) => lossInTorch(context, `${context.inputs.x}.${context.params.reduction}()`),
  examples: [
    {
      inputs: { x: { axes: 'i 3', values: [1, -2, 4] } },
      expect: { loss: { axes: '', values: [3] } },
    },
    {
      params: { reduction: 'mean' },
      inputs: { x: { axes: 'i 2, j 2', values: [1, -2, 4, 6] } },
      expect: { loss: { axes: '', values: [2.25] } },
    },
  ],
});
