/** A learning rate that rises once and falls far below where it began. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { binary, type Expr, e, number, select } from '../../ir/expr.ts';
import { defineSchedule, halfCosine, stepsParam } from '../schedule.ts';

export const oneCycle = defineSchedule({
  type: 'one-cycle',
  title: text('One cycle', '单周期'),
  doc: text(
    'Smith and Topin 2018: from η/a up to η in a share p of n steps, then down to η/(a b), each along half a cosine. As torch.optim.lr_scheduler.OneCycleLR; afterwards it stays.',
    'Smith 与 Topin 2018：在 n 步的 p 部分内由 η/a 升至 η，再降至 η/(a b)，各沿半个余弦。同 torch.optim.lr_scheduler.OneCycleLR；此后保持不变。',
  ),
  params: {
    steps: stepsParam(1000, text('Steps n', '步数 n')),
    rising: z
      .number()
      .min(0.01)
      .max(0.99)
      .default(0.3)
      .meta({ label: text('Rising share p', '上升占比 p') }),
    divide: z
      .number()
      .min(1)
      .default(25)
      .meta({ label: text('First divisor a', '初始除数 a') }),
    finally: z
      .number()
      .min(1)
      .default(10_000)
      .meta({ label: text('Last divisor b', '最终除数 b') }),
  },
  summary: ({ steps }) => `η/a ↗ η ↘ η/ab, ${steps}`,
  // "Super-convergence", arXiv 1708.07120.
  rate({ steps, rising, divide, finally: last }, eta, t) {
    const top = rising * steps - 1;
    const between = (from: number, to: number, part: Expr) =>
      e.mul(eta, e.add(number(to), e.mul(number(from - to), halfCosine(part))));
    const isOver = binary('le', number(steps - 1), t);
    const up = between(1 / divide, 1, e.div(t, number(top || 1)));
    const down = between(1, 1 / (divide * last), e.div(e.sub(t, number(top)), number(steps - 1 - top)));
    const end = e.mul(eta, number(1 / (divide * last)));
    return select(isOver, end, select(binary('le', t, number(top)), up, down));
  },
  torch({ steps, rising, divide, finally: last }, eta, t) {
    const top = rising * steps - 1;
    const [low, high] = [1 / divide, 1 / (divide * last)];
    const up = `1 + ${low - 1} * (1 + torch.cos(math.pi * ${t} / ${top || 1})) / 2`;
    const part = `(${t}.clamp(max=${steps - 1}) - ${top}) / ${steps - 1 - top}`;
    const down = `${high} + ${1 - high} * (1 + torch.cos(math.pi * ${part})) / 2`;
    return `${eta} * torch.where(${t} <= ${top}, ${up}, ${down})`;
  },
  examples: [
    {
      // OneCycleLR(optimizer, max_lr=0.2, total_steps=20, div_factor=10, final_div_factor=100), steps 2, 11 and 19
      params: { rate: 0.2, steps: 20, divide: 10, finally: 100 },
      inputs: { step: { axes: '', values: [2] } },
      expect: { out: { axes: '', values: [0.08218847050625473] } },
    },
    {
      params: { rate: 0.2, steps: 20, divide: 10, finally: 100 },
      inputs: { step: { axes: '', values: [11] } },
      expect: { out: { axes: '', values: [0.12232984130223581] } },
    },
    {
      params: { rate: 0.2, steps: 20, divide: 10, finally: 100 },
      inputs: { step: { axes: '', values: [19] } },
      expect: { out: { axes: '', values: [0.0002] } },
      notDifferentiable: ['step'],
    },
  ],
});
