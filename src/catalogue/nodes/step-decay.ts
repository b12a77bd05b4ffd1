/** A learning rate that falls in stairs. */
import { text } from '../../base/text.ts';
import { binary, e, number, unary } from '../../ir/expr.ts';
import { defineSchedule, fractionParam, stepsParam } from '../schedule.ts';

export const stepDecay = defineSchedule({
  type: 'step-decay',
  title: text('Step decay', '阶梯衰减'),
  doc: text(
    'η γ^⌊t/n⌋: every n steps the rate is multiplied by γ. As torch.optim.lr_scheduler.StepLR.',
    'η γ^⌊t/n⌋：每 n 步把学习率乘以 γ。同 torch.optim.lr_scheduler.StepLR。',
  ),
  params: {
    factor: fractionParam(0.1, text('Factor γ', '因子 γ')),
    steps: stepsParam(100, text('Steps n', '步数 n')),
  },
  summary: ({ factor, steps }) => `η ${factor}^⌊t/${steps}⌋`,
  rate: ({ factor, steps }, eta, t) =>
    e.mul(eta, binary('pow', number(factor), unary('floor', e.div(t, number(steps))))),
  torch: ({ factor, steps }, eta, t) => `${eta} * ${factor} ** torch.floor(${t} / ${steps})`,
  examples: [
    {
      // StepLR(optimizer, step_size=3, gamma=0.5) at 0.2, steps 5 and 6
      params: { rate: 0.2, factor: 0.5, steps: 3 },
      inputs: { step: { axes: '', values: [5] } },
      expect: { out: { axes: '', values: [0.1] } },
      notDifferentiable: ['step'],
    },
    {
      params: { factor: 0.5, steps: 3 },
      inputs: { rate: { axes: '', values: [0.2] }, step: { axes: '', values: [6] } },
      expect: { out: { axes: '', values: [0.05] } },
      notDifferentiable: ['step'],
    },
  ],
});
