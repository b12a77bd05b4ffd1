/** RMSProp: each element's step is divided by the running size of its gradients. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import { beta, epsilon, rootOf, runningMean } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

export const rmsprop = defineOptimizer({
  type: 'rmsprop',
  title: text('RMSProp', 'RMSProp'),
  doc: text(
    'θ ← θ − η ∇L / (√v + ε), with a running mean v of the squared gradient (Tieleman and Hinton 2012): a forward Euler step of the preconditioned flow dθ/dt = −∇L / √v. Centred, v is the variance of the gradient (Graves 2013); with momentum it is a heavy ball in that metric.',
    'θ ← θ − η ∇L / (√v + ε)，v 为梯度平方的滑动平均（Tieleman 与 Hinton 2012）：预条件流 dθ/dt = −∇L / √v 的前向欧拉步。中心化时 v 是梯度的方差（Graves 2013）；带动量则是该度量下的重球。',
  ),
  rate: 0.01,
  decay: 'coupled',
  params: {
    alpha: beta(0.99, text('Smoothing α', '平滑系数 α')),
    epsilon: epsilon(),
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: text('Momentum μ', '动量 μ') }),
    centred: z
      .boolean()
      .default(false)
      .meta({
        label: text('Centred', '中心化'),
        doc: text('Divides by the deviation of the gradient', '除以梯度的标准差'),
      }),
  },
  summary: ({ momentum }) => (momentum ? `μ = ${momentum}` : ''),
  // T. Tieleman and G. Hinton, "Lecture 6.5", COURSERA 2012; centred: A. Graves, arXiv 1308.0850, equations 38 to 45,
  // with ε outside of the root as in PyTorch.
  direction({ params: { alpha, epsilon, momentum, centred }, gradient, kept, map }) {
    const square = kept('square', [gradient], runningMean(alpha, arg(0), e.mul(arg(1), arg(1))));
    // Of a gradient that does not change only rounding is left, which may be below 0.
    const variance = binary('max', e.sub(arg(1), e.mul(arg(2), arg(2))), number(0));
    const scaled = centred
      ? map(
          [gradient, square, kept('mean', [gradient], runningMean(alpha, arg(0), arg(1)))],
          e.div(arg(0), rootOf(variance, epsilon)),
        )
      : map([gradient, square], e.div(arg(0), rootOf(arg(1), epsilon)));
    if (momentum === 0) return scaled;
    return kept('velocity', [scaled], e.add(e.mul(number(momentum), arg(0)), arg(1)));
  },
  torch: ({ alpha, epsilon, momentum, centred }) => ({
    class: 'torch.optim.RMSprop',
    alpha,
    eps: epsilon,
    ...(momentum > 0 && { momentum }),
    ...(centred && { centered: true }),
  }),
  examples: [
    {
      // torch.optim.RMSprop([theta], lr=0.1); loss = (theta ** 2).sum()
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [4.999999791976961e-8, -1.0000000249999998, -0.4999999000000096],
          5: [7.846936406441379e-16, -0.09831010689888423, -0.010345749803626639],
        },
      },
    },
    {
      // torch.optim.RMSprop([theta], lr=0.02, alpha=0.9, eps=1e-6, momentum=0.5, centered=True, weight_decay=0.2)
      params: { rate: 0.02, alpha: 0.9, epsilon: 1e-6, momentum: 0.5, centred: true, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9333334343432813, -1.9333333838383455, 0.4333335353529232],
          5: [0.6179645192774311, -1.6044908663869737, 0.1501149264991976],
        },
      },
    },
  ],
});
