/** RAdam: Adam that first descends plainly, until the mean of squares holds enough gradients. */
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { beta1, beta2, biasCorrection, epsilon, rootOf, runningMean } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

/**
 * 1 − x/(eˣ − 1) for x > 0. Where the two would cancel its series stands in: B₂ₙ x²ⁿ/(2n)! with Bernoulli's numbers,
 * up to x¹², which is exact to 2e-15 below ½.
 */
function oneMinusBose(x: Expr): Expr {
  const terms = [1 / 12, -1 / 720, 1 / 30_240, -1 / 1_209_600, 1 / 47_900_160, -691 / 1_307_674_368_000];
  const square = e.mul(x, x);
  const series = terms.reduceRight<Expr>((sum, term) => e.add(number(term), e.mul(square, sum)), number(0));
  const near = e.sub(e.mul(number(0.5), x), e.mul(square, series));
  const far = e.sub(number(1), e.div(x, e.sub(unary('exp', x), number(1))));
  return select(binary('lt', x, number(0.5)), near, far);
}

/**
 * ρₜ = 2/(1 − β) − 1 − 2 t βᵗ/(1 − βᵗ), how many gradients the mean of squares holds after t steps. With L = −log β
 * it is 2/(1 − β) − 1 − 2/L + (2/L) (1 − tL/(exp(tL) − 1)), of which no two terms cancel, so that single precision
 * keeps its digits.
 */
function heldGradients(beta: number, t: Expr): Expr {
  // Far above the bound, which stands in for the infinity of β = 0, none is held.
  const rate = Math.min(-Math.log(beta), 100);
  const offset = number(2 / (1 - beta) - 1 - 2 / rate);
  return e.add(offset, e.mul(number(2 / rate), oneMinusBose(e.mul(number(rate), t))));
}

export const radam = defineOptimizer({
  type: 'radam',
  title: text('RAdam', 'RAdam'),
  doc: text(
    'Rectified Adam (Liu et al. 2020): θ ← θ − η m̂ r / √v̂, where r makes up for the few gradients in v; as long as these are too few, θ ← θ − η m̂. It begins as a heavy ball and ends as Adam’s preconditioned motion: a warm-up that needs no schedule.',
    '修正的 Adam（Liu 等 2020）：θ ← θ − η m̂ r / √v̂，r 补偿 v 中梯度过少；过少时用 θ ← θ − η m̂。它以重球开始，以 Adam 的预条件运动结束：无需日程的预热。',
  ),
  rate: 0.001,
  decay: 'coupled',
  params: { beta1, beta2, epsilon: epsilon() },
  // "On the variance of the adaptive learning rate and beyond", arXiv 1908.03265, algorithm 2, as torch.optim.RAdam has it.
  direction({ params: { beta1, beta2, epsilon }, gradient, kept, ofCount, map }) {
    const mean = kept('mean', [gradient], runningMean(beta1, arg(0), arg(1)));
    const square = kept('square', [gradient], runningMean(beta2, arg(0), e.mul(arg(1), arg(1))));
    const most = 2 / (1 - beta2) - 1;
    const held = heldGradients(beta2, arg(0));
    const ratio = e.mul(
      e.mul(e.sub(held, number(4)), e.sub(held, number(2))),
      e.div(number(most / ((most - 4) * (most - 2))), held),
    );
    const rectified = unary('sqrt', e.div(ratio, biasCorrection(beta2)));
    const [isHeld, correction, factor] = [
      binary('lt', number(5), held),
      biasCorrection(beta1),
      rectified,
    ].map(ofCount) as [ValueId, ValueId, ValueId];
    const corrected = e.mul(arg(0), arg(3));
    const scaled = e.div(e.mul(corrected, arg(4)), rootOf(arg(1), epsilon));
    return map([mean, square, isHeld, correction, factor], select(arg(2), scaled, corrected));
  },
  torch: ({ beta1, beta2, epsilon }) => ({
    class: 'torch.optim.RAdam',
    betas: `(${beta1}, ${beta2})`,
    eps: epsilon,
  }),
  examples: [
    {
      // torch.optim.RAdam([theta], lr=0.1); loss = (theta ** 2).sum()
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.8, -1.6, 0.4],
          5: [0.20164796308087307, -0.40329592616174614, 0.10082398154043654],
          8: [0.19408385613224663, -0.3957276562272955, 0.09326822988263483],
        },
      },
    },
    {
      // torch.optim.RAdam([theta], lr=0.05, betas=(0.7, 0.9), eps=1e-3, weight_decay=0.2)
      params: { rate: 0.05, beta1: 0.7, beta2: 0.9, epsilon: 1e-3, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.89, -1.78, 0.445],
          5: [0.5237877394432717, -1.0475754788865435, 0.26189386972163586],
          12: [0.39584446310018784, -0.9172559834910591, 0.13905254686318277],
        },
      },
    },
  ],
});
