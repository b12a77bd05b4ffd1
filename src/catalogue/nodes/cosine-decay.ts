/** A learning rate that falls along half a cosine, once or again and again. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { binary, type Expr, e, number, unary } from '../../ir/expr.ts';
import { defineSchedule, halfCosine, stepsParam } from '../schedule.ts';

/** Since the last restart, as a part of its period: periods n, n m, n m², … */
function partOfPeriod(t: Expr, n: number, m: number): Expr {
  if (m === 1) {
    const periods = e.div(t, number(n));
    return e.sub(periods, unary('floor', periods));
  }
  // How many restarts there were; what is added keeps a whole number whole.
  const grown = e.add(number(1), e.mul(number((m - 1) / n), t));
  const logarithm = e.add(e.mul(unary('log', grown), number(1 / Math.log(m))), number(1e-6));
  const factor = binary('pow', number(m), unary('floor', logarithm));
  const since = e.sub(t, e.mul(number(n / (m - 1)), e.sub(factor, number(1))));
  return e.div(since, e.mul(number(n), factor));
}

export const cosineDecay = defineSchedule({
  type: 'cosine-decay',
  title: text('Cosine decay', '余弦衰减'),
  doc: text(
    'η₀ + (η − η₀) ½ (1 + cos πt/n): from η to η₀ in n steps (Loshchilov and Hutter 2017), and up again, as torch.optim.lr_scheduler.CosineAnnealingLR; with restarts it jumps back to η, each period m times as long as the one before, as CosineAnnealingWarmRestarts.',
    'η₀ + (η − η₀) ½ (1 + cos πt/n)：n 步内由 η 降至 η₀（Loshchilov 与 Hutter 2017），再回升，同 torch.optim.lr_scheduler.CosineAnnealingLR；带重启时跳回 η，每段为前一段的 m 倍，同 CosineAnnealingWarmRestarts。',
  ),
  params: {
    steps: stepsParam(1000, text('Steps n', '步数 n')),
    least: z
      .number()
      .min(0)
      .default(0)
      .meta({ label: text('Least rate η₀', '最小学习率 η₀') }),
    restarts: z
      .boolean()
      .default(false)
      .meta({ label: text('Restarts', '重启') }),
    longer: z
      .int()
      .min(1)
      .max(100)
      .default(1)
      .meta({ label: text('Longer by m', '延长倍数 m') }),
  },
  summary: ({ steps, restarts }) => `½ η (1 + cos πt/${steps})${restarts ? ' ↻' : ''}`,
  // "SGDR: stochastic gradient descent with warm restarts", arXiv 1608.03983, equation 5.
  rate({ steps, least, restarts, longer }, eta, t) {
    const part = restarts ? partOfPeriod(t, steps, longer) : e.div(t, number(steps));
    return e.add(number(least), e.mul(e.sub(eta, number(least)), halfCosine(part)));
  },
  torch({ steps, least, restarts, longer }, eta, t) {
    const [n, m] = [steps, longer];
    const count = `torch.floor(torch.log(1 + ${t} * ${m - 1} / ${n}) / math.log(${m}) + 1e-6)`;
    const many = `(${t} - ${n} * (${m} ** ${count} - 1) / ${m - 1}) / (${n} * ${m} ** ${count})`;
    const part = !restarts ? `${t} / ${n}` : m === 1 ? `(${t} % ${n}) / ${n}` : many;
    return `${least} + (${eta} - ${least}) * (1 + torch.cos(math.pi * ${part})) / 2`;
  },
  examples: [
    {
      // CosineAnnealingLR(optimizer, T_max=10, eta_min=0.02) at 0.2, step 3
      params: { rate: 0.2, steps: 10, least: 0.02 },
      inputs: { step: { axes: '', values: [3] } },
      expect: { out: { axes: '', values: [0.16290067270632258] } },
    },
    {
      // CosineAnnealingWarmRestarts(optimizer, T_0=4, T_mult=2) at 0.2, step 7
      params: { rate: 0.2, steps: 4, restarts: true, longer: 2 },
      inputs: { step: { axes: '', values: [7] } },
      expect: { out: { axes: '', values: [0.138268343236509] } },
    },
    {
      // The same at step 12, where a period begins
      params: { rate: 0.2, steps: 4, restarts: true, longer: 2 },
      inputs: { step: { axes: '', values: [12] } },
      expect: { out: { axes: '', values: [0.2] } },
      notDifferentiable: ['step'],
    },
    {
      // CosineAnnealingWarmRestarts(optimizer, T_0=4) at 0.2, step 7
      params: { rate: 0.2, steps: 4, restarts: true },
      inputs: { step: { axes: '', values: [7] } },
      expect: { out: { axes: '', values: [0.029289321881345254] } },
    },
  ],
});
