/** A learning rate that falls to 0 as a power of the steps that are left. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { binary, e, number } from '../../ir/expr.ts';
import { defineSchedule, portion, stepsParam } from '../schedule.ts';

export const polynomialDecay = defineSchedule({
  type: 'polynomial-decay',
  title: text('Polynomial decay', '多项式衰减'),
  doc: text(
    'η (1 − min(t, n)/n)ᵖ: linearly to 0 in n steps where p = 1. As torch.optim.lr_scheduler.PolynomialLR.',
    'η (1 − min(t, n)/n)ᵖ：p = 1 时在 n 步内线性降至 0。同 torch.optim.lr_scheduler.PolynomialLR。',
  ),
  params: {
    steps: stepsParam(1000, text('Steps n', '步数 n')),
    power: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Power p', '幂 p') }),
  },
  summary: ({ steps, power }) => `η (1 − t/${steps})${power === 1 ? '' : `^${power}`}`,
  rate({ steps, power }, eta, t) {
    const left = e.sub(number(1), portion(t, steps));
    return e.mul(eta, power === 1 ? left : binary('pow', left, number(power)));
  },
  torch: ({ steps, power }, eta, t) =>
    `${eta} * (1 - ${t}.clamp(max=${steps}) / ${steps})${power === 1 ? '' : ` ** ${power}`}`,
  examples: [
    {
      // PolynomialLR(optimizer, total_iters=10, power=2) at 0.2, step 4
      params: { rate: 0.2, steps: 10, power: 2 },
      inputs: { step: { axes: '', values: [4] } },
      expect: { out: { axes: '', values: [0.072] } },
    },
    {
      params: { rate: 0.2, steps: 10 },
      inputs: { step: { axes: '', values: [4] } },
      expect: { out: { axes: '', values: [0.12] } },
    },
  ],
});
