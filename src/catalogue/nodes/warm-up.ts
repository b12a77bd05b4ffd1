/** A learning rate that rises in the first steps. */
import { text } from '../../base/text.ts';
import { e, number } from '../../ir/expr.ts';
import { defineSchedule, fractionParam, portion, stepsParam } from '../schedule.ts';

export const warmUp = defineSchedule({
  type: 'warm-up',
  title: text('Warm-up', '预热'),
  doc: text(
    'From f η it rises linearly to η in n steps and stays: η (f + (1 − f) min(t, n)/n). As torch.optim.lr_scheduler.LinearLR; another schedule wired to it goes on after it.',
    '在 n 步内由 f η 线性升至 η 后保持：η (f + (1 − f) min(t, n)/n)。同 torch.optim.lr_scheduler.LinearLR；可把另一个日程接入，与之相乘。',
  ),
  params: {
    start: fractionParam(0.01, text('Start f', '起点 f')),
    steps: stepsParam(100, text('Steps n', '步数 n')),
  },
  summary: ({ steps }) => `η min(t, ${steps})/${steps}`,
  rate: ({ start, steps }, eta, t) =>
    e.mul(eta, e.add(number(start), e.mul(number(1 - start), portion(t, steps)))),
  torch: ({ start, steps }, eta, t) =>
    `${eta} * (${start} + ${1 - start} * ${t}.clamp(max=${steps}) / ${steps})`,
  examples: [
    {
      // LinearLR(optimizer, start_factor=0.25, total_iters=4) at 0.2, steps 1 and 9
      params: { rate: 0.2, start: 0.25, steps: 4 },
      inputs: { step: { axes: '', values: [1] } },
      expect: { out: { axes: '', values: [0.0875] } },
    },
    {
      params: { start: 0.25, steps: 4 },
      inputs: { rate: { axes: '', values: [0.2] }, step: { axes: '', values: [9] } },
      expect: { out: { axes: '', values: [0.2] } },
    },
  ],
});
