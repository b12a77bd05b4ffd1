/** Lion: steps of one size, along the signs of a running mean. */
import { text } from '../../base/text.ts';
import { arg, unary } from '../../ir/expr.ts';
import { beta, runningMean } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

// Algorithm 2 of the paper: PyTorch has no Lion.
const inTorch = `class Lion(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            beta1, beta2 = group['betas']
            for p in group['params']:
                if p.grad is None:
                    continue
                mean = self.state[p].setdefault('mean', torch.zeros_like(p))
                direction = torch.lerp(p.grad, mean, beta1).sign()
                p.sub_(group['lr'] * (direction + group['weight_decay'] * p))
                mean.lerp_(p.grad, 1 - beta2)
        return loss`;

export const lion = defineOptimizer({
  type: 'lion',
  title: text('Lion', 'Lion'),
  doc: text(
    'Chen et al. 2023: θ ← θ − η (sign(β₁ m + (1 − β₁) ∇L) + λ θ), then m ← β₂ m + (1 − β₂) ∇L: every element moves at one speed, as a mass does under constant force and dry friction. Only one moment is kept.',
    'Chen 等 2023：θ ← θ − η (sign(β₁ m + (1 − β₁) ∇L) + λ θ)，随后 m ← β₂ m + (1 − β₂) ∇L：每个分量以同一速度移动，如恒力与干摩擦下的质点。只保存一个矩。',
  ),
  rate: 0.0001,
  decay: 'decoupled',
  params: { beta1: beta(0.9, text('β₁', 'β₁')), beta2: beta(0.99, text('β₂', 'β₂')) },
  // "Symbolic discovery of optimization algorithms", arXiv 2302.06675, algorithm 2.
  direction({ params: { beta1, beta2 }, gradient, keep, map }) {
    return keep('mean', (before) => ({
      gives: map([before, gradient], unary('sign', runningMean(beta1, arg(0), arg(1)))),
      next: map([before, gradient], runningMean(beta2, arg(0), arg(1))),
    }));
  },
  torch: ({ beta1, beta2 }, helper) => ({ class: helper(inTorch), betas: `(${beta1}, ${beta2})` }),
  examples: [
    {
      // Algorithm 2 in NumPy, with lr=0.1: every element moves by 0.1 in a step.
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9, -1.9, 0.4],
          5: [0.5000000000000001, -1.4999999999999996, 2.7755575615628914e-17],
          12: [-0.19999999999999987, -0.7999999999999993, -0.09999999999999998],
        },
      },
    },
    {
      params: { rate: 0.05, beta1: 0.6, beta2: 0.8, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.94, -1.93, 0.445],
          5: [0.7059402993999999, -1.6569303492999998, 0.23044527445000001],
          12: [0.3183092302967756, -1.204694102012905, -0.12488320556128896],
        },
      },
    },
  ],
});
