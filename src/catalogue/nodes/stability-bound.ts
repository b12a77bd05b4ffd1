/** The largest learning rate at which gradient descent is stable. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { stableDescent, stableStep, torchStableStep } from '../stable-rate.ts';
import { pythonNumber } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

export const stabilityBound = defineNode({
  type: 'stability-bound',
  category: 'math',
  title: text('Stability bound', '稳定上限'),
  doc: text(
    '2 (1 + μ) / λ: the rate above which a step of gradient descent with momentum μ overshoots by more each time, where the loss bends by λ, the largest eigenvalue of its Hessian. 0 where λ < 0: no rate is stable. Adam rescales each coordinate as it goes and has no such bound.',
    '2 (1 + μ) / λ：损失的弯曲程度为 λ（黑塞矩阵的最大特征值）时，带动量 μ 的梯度下降在学习率超过它后会越冲越远。λ < 0 时为 0：没有稳定的学习率。Adam 边走边缩放每个坐标，没有这样的上限。',
  ),
  glyph: 'η',
  params: z.object({
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: text('Momentum μ', '动量 μ') }),
  }),
  inputs: [{ name: 'lambda', title: text('λ', 'λ') }],
  outputs: [{ name: 'rate', title: text('rate', '学习率') }],
  summary: ({ momentum }) => (momentum === 0 ? '2 / λ' : `2 (1 + ${momentum}) / λ`),
  infer({ inputs, report }) {
    const axes = inputs.lambda?.axes ?? [];
    if (axes.length > 0)
      report('not-scalar', { port: 'lambda' }, { what: 'λ', axes: axes.map(({ name }) => name).join(', ') });
    return { rate: { axes: [], valueKind: continuous } };
  },
  lower({ params: { momentum }, inputs, ir }) {
    return { rate: ir.map([inputs.lambda as ValueId], stableStep({ limit: stableDescent(momentum) })) };
  },
  torch: ({ params: { momentum }, inputs: { lambda }, helper }) => ({
    rate: `${helper(torchStableStep)}(${lambda}, ${pythonNumber(stableDescent(momentum))})`,
  }),
  examples: [
    { inputs: { lambda: { axes: '', values: [4] } }, expect: { rate: { axes: '', values: [0.5] } } },
    {
      params: { momentum: 0.9 },
      inputs: { lambda: { axes: '', values: [4] } },
      expect: { rate: { axes: '', values: [0.95] } },
    },
    // Of a flat loss, whichever sign its 0 has.
    {
      inputs: { lambda: { axes: '', values: [-0] } },
      notDifferentiable: ['lambda'],
      expect: { rate: { axes: '', values: [Number.POSITIVE_INFINITY] } },
    },
    { inputs: { lambda: { axes: '', values: [-4] } }, expect: { rate: { axes: '', values: [0] } } },
  ],
});
