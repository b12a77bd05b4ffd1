/** A learning rate that is reduced for the first steps. */
import { text } from '../../base/text.ts';
import { binary, e, number, select } from '../../ir/expr.ts';
import { defineSchedule, fractionParam, stepsParam } from '../schedule.ts';

export const constantRate = defineSchedule({
  type: 'constant-rate',
  title: text('Constant rate', '恒定学习率'),
  doc: text(
    'f η in the first n steps, then η; with f = 1 the same rate throughout. As torch.optim.lr_scheduler.ConstantLR.',
    '前 n 步为 f η，之后为 η；f = 1 时始终不变。同 torch.optim.lr_scheduler.ConstantLR。',
  ),
  params: {
    factor: fractionParam(1, text('Factor f', '因子 f')),
    steps: stepsParam(100, text('Steps n', '步数 n')),
  },
  summary: ({ factor, steps }) => (factor === 1 ? 'η' : `${factor} η, t < ${steps}`),
  rate: ({ factor, steps }, eta, t) =>
    e.mul(eta, select(binary('lt', t, number(steps)), number(factor), number(1))),
  torch: ({ factor, steps }, eta, t) =>
    `${eta} * torch.where(${t} < ${steps}, torch.tensor(${factor}), torch.ones(()))`,
  examples: [
    {
      // ConstantLR(optimizer, factor=0.25, total_iters=4) at 0.2, steps 3 and 4
      params: { rate: 0.2, factor: 0.25, steps: 4 },
      inputs: { step: { axes: '', values: [3] } },
      expect: { out: { axes: '', values: [0.05] } },
      notDifferentiable: ['step'],
    },
    {
      params: { factor: 0.25, steps: 4 },
      inputs: { rate: { axes: '', values: [0.2] }, step: { axes: '', values: [4] } },
      expect: { out: { axes: '', values: [0.2] } },
      notDifferentiable: ['step'],
    },
  ],
});
