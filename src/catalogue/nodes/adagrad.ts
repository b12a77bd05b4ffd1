/** AdaGrad: each element's step is divided by the size of all its gradients so far. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import { epsilon, rootOf } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

export const adagrad = defineOptimizer({
  type: 'adagrad',
  title: text('AdaGrad', 'AdaGrad'),
  doc: text(
    'Duchi, Hazan and Singer 2011: θ ← θ − η ∇L / (√s + ε), where s sums up all squared gradients: Euler steps of the preconditioned flow dθ/dt = −∇L / √s, whose metric only grows, so that steps shrink like 1/√t. The rate itself may fall off as η / (1 + (t − 1) κ).',
    'Duchi、Hazan 与 Singer 2011：θ ← θ − η ∇L / (√s + ε)，s 为全部梯度平方之和：预条件流 dθ/dt = −∇L / √s 的欧拉步，其度量只增不减，故步长按 1/√t 缩小。学习率本身也可按 η / (1 + (t − 1) κ) 下降。',
  ),
  rate: 0.01,
  decay: 'coupled',
  params: {
    rateDecay: z
      .number()
      .min(0)
      .default(0)
      .meta({ label: text('Decay of the rate κ', '学习率衰减 κ') }),
    initial: z
      .number()
      .min(0)
      .default(0)
      .meta({ label: text('Sum to begin with', '累加初值') }),
    epsilon: epsilon(1e-10),
  },
  // "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12, figure 1, diagonal.
  direction({ params: { rateDecay, initial, epsilon }, gradient, kept, ofCount, map }) {
    const sum = kept('sum', [gradient], e.add(arg(0), e.mul(arg(1), arg(1))));
    const scaled = e.div(arg(0), rootOf(e.add(arg(1), number(initial)), epsilon));
    if (rateDecay === 0) return map([gradient, sum], scaled);
    const slower = e.add(number(1), e.mul(number(rateDecay), e.sub(arg(0), number(1))));
    return map([gradient, sum, ofCount(slower)], e.div(scaled, arg(2)));
  },
  torch: ({ rateDecay, initial, epsilon }) => ({
    class: 'torch.optim.Adagrad',
    lr_decay: rateDecay === 0 ? undefined : rateDecay,
    initial_accumulator_value: initial === 0 ? undefined : initial,
    eps: epsilon,
  }),
  examples: [
    {
      // torch.optim.Adagrad([theta], lr=0.1); loss = (theta ** 2).sum()
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.900000000005, -1.9000000000025, 0.40000000001],
          5: [0.6977148620543535, -1.6867615981333823, 0.22269178428333342],
        },
      },
    },
    {
      // torch.optim.Adagrad([theta], lr=0.2, lr_decay=0.1, weight_decay=0.2, initial_accumulator_value=0.5, eps=1e-6)
      params: { rate: 0.2, rateDecay: 0.1, decay: 0.2, initial: 0.5, epsilon: 1e-6 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.8095934605374853, -1.8025337164094732, 0.3317619238164604],
          5: [0.5152814048855768, -1.4689088813866835, 0.12066356766126636],
        },
      },
    },
  ],
});
