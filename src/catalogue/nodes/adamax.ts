/** Adamax: Adam by the largest gradients, not by their mean square. */
import { text } from '../../base/text.ts';
import { arg, binary, e, number, unary } from '../../ir/expr.ts';
import { beta1, beta2, biasCorrection, epsilon, runningMean } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

export const adamax = defineOptimizer({
  type: 'adamax',
  title: text('Adamax', 'Adamax'),
  doc: text(
    'Kingma and Ba 2015, section 7.1: θ ← θ − η m̂ / u with u ← max(β₂ u, |∇L| + ε): Adam’s preconditioned motion, its metric the largest recent gradient of each element in place of the mean square.',
    'Kingma 与 Ba 2015，第 7.1 节：θ ← θ − η m̂ / u，u ← max(β₂ u, |∇L| + ε)：与 Adam 相同的预条件运动，但度量取各分量近来最大的梯度，而非均方。',
  ),
  rate: 0.002,
  decay: 'coupled',
  params: { beta1, beta2, epsilon: epsilon() },
  // "Adam: a method for stochastic optimization", arXiv 1412.6980, algorithm 2, with ε as in PyTorch.
  direction({ params: { beta1, beta2, epsilon }, gradient, kept, ofCount, map }) {
    const mean = kept('mean', [gradient], runningMean(beta1, arg(0), arg(1)));
    const size = e.add(unary('abs', arg(1)), number(epsilon));
    const largest = kept('largest', [gradient], binary('max', e.mul(number(beta2), arg(0)), size));
    return map([mean, largest, ofCount(biasCorrection(beta1))], e.div(e.mul(arg(0), arg(2)), arg(1)));
  },
  torch: ({ beta1, beta2, epsilon }) => ({
    class: 'torch.optim.Adamax',
    betas: `(${beta1}, ${beta2})`,
    eps: epsilon,
  }),
  examples: [
    {
      // torch.optim.Adamax([theta], lr=0.1); loss = (theta ** 2).sum()
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9000000005, -1.90000000025, 0.400000001],
          5: [0.5515538030612309, -1.5257775464403134, 0.1001837237238595],
        },
      },
    },
    {
      // torch.optim.Adamax([theta], lr=0.2, betas=(0.7, 0.8), eps=1e-3, weight_decay=0.2)
      params: { rate: 0.2, beta1: 0.7, beta2: 0.8, epsilon: 1e-3, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.8000908677873694, -1.8000454442172233, 0.3001816530426884],
          5: [-0.08610505454764583, -0.8859483694386824, -0.18662900324944934],
        },
      },
    },
  ],
});
