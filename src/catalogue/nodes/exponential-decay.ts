/** A learning rate that falls off by the same factor in each step. */
import { text } from '../../base/text.ts';
import { binary, e, number } from '../../ir/expr.ts';
import { defineSchedule, fractionParam } from '../schedule.ts';

export const exponentialDecay = defineSchedule({
  type: 'exponential-decay',
  title: text('Exponential decay', '指数衰减'),
  doc: text(
    'η γᵗ: each step multiplies the rate by γ. As torch.optim.lr_scheduler.ExponentialLR.',
    'η γᵗ：每步把学习率乘以 γ。同 torch.optim.lr_scheduler.ExponentialLR。',
  ),
  params: { factor: fractionParam(0.99, text('Factor γ', '因子 γ')) },
  summary: ({ factor }) => `η ${factor}ᵗ`,
  rate: ({ factor }, eta, t) => e.mul(eta, binary('pow', number(factor), t)),
  torch: ({ factor }, eta, t) => `${eta} * ${factor} ** ${t}`,
  examples: [
    {
      // ExponentialLR(optimizer, gamma=0.9) at 0.2, step 7
      params: { rate: 0.2, factor: 0.9 },
      inputs: { step: { axes: '', values: [7] } },
      expect: { out: { axes: '', values: [0.09565938000000004] } },
    },
  ],
});
