/** NAdam: Adam with Nesterov's momentum. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { beta1, beta2, biasCorrection, epsilon, rootOf, runningMean } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

// Algorithm 2 of the paper. torch.optim.NAdam is the same from PyTorch 2.0 on; before, it multiplied Πμ by μₜ twice.
const inTorch = `class NAdam(torch.optim.Optimizer):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, momentum_decay=4e-3, weight_decay=0.0):
        defaults = dict(lr=lr, betas=betas, eps=eps, momentum_decay=momentum_decay, weight_decay=weight_decay)
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            beta1, beta2 = group['betas']
            momentum = lambda t: beta1 * (1 - 0.5 * 0.96 ** (t * group['momentum_decay']))
            for p in group['params']:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state.update(t=0, product=1.0, mean=torch.zeros_like(p), square=torch.zeros_like(p))
                grad = p.grad + group['weight_decay'] * p
                state['t'] += 1
                now, ahead = momentum(state['t']), momentum(state['t'] + 1)
                state['product'] *= now
                state['mean'].lerp_(grad, 1 - beta1)
                state['square'].lerp_(grad * grad, 1 - beta2)
                root = (state['square'] / (1 - beta2 ** state['t'])).sqrt() + group['eps']
                slope = (1 - now) * grad / (1 - state['product'])
                glide = ahead * state['mean'] / (1 - state['product'] * ahead)
                p.sub_(group['lr'] * (slope + glide) / root)
        return loss`;

export const nadam = defineOptimizer({
  type: 'nadam',
  title: text('NAdam', 'NAdam'),
  doc: text(
    'Dozat 2016: Adam whose mean looks one step ahead, θ ← θ − η ((1 − μₜ) ∇L / (1 − Πμ) + μₜ₊₁ m / (1 − μₜ₊₁ Πμ)) / (√v̂ + ε), with μₜ = β₁ (1 − ½ · 0.96^(tψ)): Nesterov’s damped motion in Adam’s metric.',
    'Dozat 2016：其均值向前看一步的 Adam，θ ← θ − η ((1 − μₜ) ∇L / (1 − Πμ) + μₜ₊₁ m / (1 − μₜ₊₁ Πμ)) / (√v̂ + ε)，μₜ = β₁ (1 − ½ · 0.96^(tψ))：Adam 度量下的 Nesterov 阻尼运动。',
  ),
  rate: 0.002,
  decay: 'coupled',
  params: {
    beta1,
    beta2,
    epsilon: epsilon(),
    momentumDecay: z
      .number()
      .min(0)
      .default(0.004)
      .meta({ label: text('Momentum decay ψ', '动量衰减 ψ') }),
  },
  // T. Dozat, "Incorporating Nesterov momentum into Adam", ICLR 2016 workshop, algorithm 2, as torch.optim.NAdam 2.0 has it.
  direction({
    params: { beta1, beta2, epsilon, momentumDecay },
    gradient,
    kept,
    counted,
    count,
    ofCount,
    map,
  }) {
    const mean = kept('mean', [gradient], runningMean(beta1, arg(0), arg(1)));
    const square = kept('square', [gradient], runningMean(beta2, arg(0), e.mul(arg(1), arg(1))));
    /** μ in step t. */
    const momentum = (t: Expr): Expr =>
      e.mul(
        number(beta1),
        e.sub(number(1), e.mul(number(0.5), binary('pow', number(0.96), e.mul(t, number(momentumDecay))))),
      );
    // 1 − Πμ itself is kept: it begins at 0, and nothing cancels in the first steps.
    const mu = momentum(arg(1));
    const missing = counted('mass', [count()], e.add(e.mul(mu, arg(0)), e.sub(number(1), mu)));
    const [now, ahead, correction] = [
      momentum(arg(0)),
      momentum(e.add(arg(0), number(1))),
      biasCorrection(beta2),
    ].map(ofCount) as [ValueId, ValueId, ValueId];
    // Arguments: ∇L, m, v, μₜ, μₜ₊₁, 1 − Πμ and the correction.
    const slope = e.div(e.mul(e.sub(number(1), arg(3)), arg(0)), arg(5));
    const product = e.sub(number(1), arg(5));
    const glide = e.div(e.mul(arg(4), arg(1)), e.sub(number(1), e.mul(product, arg(4))));
    const root = rootOf(e.mul(arg(2), arg(6)), epsilon);
    return map([gradient, mean, square, now, ahead, missing, correction], e.div(e.add(slope, glide), root));
  },
  torch: ({ beta1, beta2, epsilon, momentumDecay }, helper) => ({
    class: helper(inTorch),
    betas: `(${beta1}, ${beta2})`,
    eps: epsilon,
    momentum_decay: momentumDecay,
  }),
  examples: [
    {
      // The class above, lr=0.1; loss = (theta ** 2).sum()
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.8943548226926871, -1.894354822428574, 0.3943548232209129],
          5: [0.623662891907288, -1.6084596262941497, 0.15963907165859076],
        },
      },
    },
    {
      // The class above, lr=0.05, betas=(0.7, 0.8), eps=1e-3, weight_decay=0.2, momentum_decay=0.5)
      params: { rate: 0.05, beta1: 0.7, beta2: 0.8, epsilon: 1e-3, decay: 0.2, momentumDecay: 0.5 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9437498936905372, -1.9437371124802874, 0.4437754386979438],
          5: [0.7654999360514197, -1.7614921002238604, 0.2748064618887541],
        },
      },
    },
  ],
});
