/** Adadelta: steps in units of the steps before. */
import { text } from '../../base/text.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import { beta, epsilon, runningMean } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

export const adadelta = defineOptimizer({
  type: 'adadelta',
  title: text('Adadelta', 'Adadelta'),
  doc: text(
    'Zeiler 2012: d = √(u + ε) / √(v + ε) ∇L, θ ← θ − η d, with running means v of ∇L² and u of d²: a preconditioned Euler step whose units are those of θ, as in Newton’s method, so that η = 1 needs no choice.',
    'Zeiler 2012：d = √(u + ε) / √(v + ε) ∇L，θ ← θ − η d，v、u 为 ∇L² 与 d² 的滑动平均：预条件欧拉步，其单位与 θ 相同，如同牛顿法，故 η = 1 无需挑选。',
  ),
  rate: 1,
  decay: 'coupled',
  params: { rho: beta(0.9, text('ρ', 'ρ')), epsilon: epsilon(1e-6) },
  // "ADADELTA: an adaptive learning rate method", arXiv 1212.5701, algorithm 1.
  direction({ params: { rho, epsilon }, gradient, kept, keep, map }) {
    const square = kept('square', [gradient], runningMean(rho, arg(0), e.mul(arg(1), arg(1))));
    const root = (of: number) => unary('sqrt', e.add(arg(of), number(epsilon)));
    return keep('moved', (before) => {
      const step = map([gradient, square, before], e.mul(e.div(root(2), root(1)), arg(0)));
      return { gives: step, next: map([before, step], runningMean(rho, arg(0), e.mul(arg(1), arg(1)))) };
    });
  },
  torch: ({ rho, epsilon }) => ({ class: 'torch.optim.Adadelta', rho, eps: epsilon }),
  examples: [
    {
      // torch.optim.Adadelta([theta]); loss = (theta ** 2).sum()
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9968377262926713, -1.996837723328043, 0.4968377381511013],
          5: [0.983631323953412, -1.983599141798828, 0.4836959669173229],
        },
      },
    },
    {
      // torch.optim.Adadelta([theta], lr=0.5, rho=0.6, eps=1e-3, weight_decay=0.2)
      params: { rate: 0.5, rho: 0.6, epsilon: 1e-3, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9750064541113764, -1.97500161399658, 0.47502578649474253],
          5: [0.8553870197501438, -1.8532722634731271, 0.3599328056226425],
        },
      },
    },
  ],
});
