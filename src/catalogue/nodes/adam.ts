/** Adam: gradient descent whose step is scaled, for each element, by how large its gradients have been. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, type Expr, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import {
  detachedInputs,
  gradients,
  inferOptimizer,
  learningRate,
  optimizerInputs,
  showRate,
} from '../optimizer.ts';

/**
 * β mean + (1 − β) value. As a step from the mean towards the value it holds one rounded constant, so that
 * the weights of all values add up to 1 − βᵗ in single precision too: β₂ rounded by itself changes 1 − β₂
 * by 1e-5. Below β = ½ the step is so long that a small value would lose its digits to a large mean.
 */
const runningMean = (beta: number, mean: Expr, value: Expr): Expr =>
  beta < 0.5
    ? e.add(e.mul(number(beta), mean), e.mul(number(1 - beta), value))
    : e.add(mean, e.mul(number(1 - beta), e.sub(value, mean)));

/**
 * 1 / (1 − βᵗ), which takes the bias towards 0 out of a running mean after t steps, as
 * ½ + ½ / tanh(−½ t log β): nothing cancels, so single precision keeps its digits.
 */
function biasCorrection(beta: number, t: Expr): Expr {
  // tanh is 1 far below the bound, which stands in for the infinity of β = 0.
  const rate = Math.min(-Math.log(beta) / 2, 100);
  return e.add(number(0.5), e.div(number(0.5), unary('tanh', e.mul(number(rate), t))));
}

export const adam = defineNode({
  type: 'adam',
  category: 'optimizer',
  title: text('Adam', 'Adam'),
  doc: text(
    'Kingma and Ba 2015: θ ← θ − η m̂ / (√v̂ + ε), with running means m of the gradient and v of its square. Weight decay is decoupled (AdamW), or coupled: L2 in the gradient.',
    'Kingma 与 Ba 2015：θ ← θ − η m̂ / (√v̂ + ε)，m、v 为梯度及其平方的滑动平均。权重衰减为解耦形式（AdamW），或耦合形式：把 L2 项加入梯度。',
  ),
  glyph: '↧',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .default(0.001)
      .meta({ label: text('Learning rate η', '学习率 η') }),
    beta1: z
      .number()
      .min(0)
      .max(0.999999)
      .default(0.9)
      .meta({ label: text('β₁', 'β₁') }),
    beta2: z
      .number()
      .min(0)
      .max(0.999999)
      .default(0.999)
      .meta({ label: text('β₂', 'β₂') }),
    epsilon: z
      .number()
      .positive()
      .default(1e-8)
      .meta({ label: text('ε', 'ε') }),
    weightDecay: z
      .number()
      .min(0)
      .default(0)
      .meta({ label: text('Weight decay', '权重衰减') }),
    coupled: z
      .boolean()
      .default(false)
      .meta({
        label: text('Coupled decay', '耦合衰减'),
        doc: text(
          'Adds decay · θ to the gradient, as PyTorch’s Adam does (L2), where AdamW shrinks θ beside the step',
          '把 衰减 · θ 加入梯度（L2），同 PyTorch 的 Adam；AdamW 则在步长之外缩小 θ',
        ),
      }),
  }),
  inputs: optimizerInputs,
  outputs: [],
  trains: true,
  detached: detachedInputs,
  summary: ({ rate }, wired) => showRate(rate, wired),
  infer: inferOptimizer,
  // "Adam: a method for stochastic optimization", arXiv 1412.6980, algorithm 1; decay after arXiv 1711.05101, algorithm 2.
  lower(context) {
    const {
      params: { beta1, beta2, epsilon, weightDecay, coupled },
      ir,
      stateOf,
      update,
    } = context;
    const rate = learningRate(context);
    // Arguments: θ, m, v, the two corrections and the rate.
    const scaled = e.div(e.mul(arg(1), arg(3)), e.add(unary('sqrt', e.mul(arg(2), arg(4))), number(epsilon)));
    const direction =
      weightDecay > 0 && !coupled ? e.add(scaled, e.mul(number(weightDecay), arg(0))) : scaled;
    for (const { value, gradient: slope } of gradients(context)) {
      const gradient =
        weightDecay > 0 && coupled
          ? ir.map([slope, value], e.add(arg(0), e.mul(number(weightDecay), arg(1))))
          : slope;
      const [mean, square] = [stateOf(value, 'mean', 'like'), stateOf(value, 'square', 'like')];
      // How many gradients these two hold. It is state beside them, and not the number of the run's step: means
      // that begin in the middle of a run (the parameter changed its shape, or had another optimizer) need the
      // correction of a first step – without it their first update is (1 − β₁) / √(1 − β₂), three times, too
      // large – while those beside them do not; and a resumed run finds the count with them.
      const steps = stateOf(value, 'steps', 'count');
      const count = ir.map([steps], e.add(arg(0), number(1)));
      const [correct1, correct2] = [beta1, beta2].map((beta) =>
        ir.map([count], biasCorrection(beta, arg(0))),
      ) as [ValueId, ValueId];
      const m = ir.map([mean, gradient], runningMean(beta1, arg(0), arg(1)));
      const v = ir.map([square, gradient], runningMean(beta2, arg(0), e.mul(arg(1), arg(1))));
      update(steps, count);
      update(mean, m);
      update(square, v);
      const all = ir.shape(value).map((_, d) => d);
      const counted = ir.shape(steps).map((_, d) => d);
      update(
        value,
        ir.map(
          [value, m, v, correct1, correct2, rate],
          e.sub(arg(0), e.mul(arg(5), direction)),
          [all, all, all, counted, counted, []],
          ir.shape(value),
        ),
      );
    }
    return {};
  },
  examples: [
    {
      // torch.optim.Adam([theta], lr=0.1); loss = (theta ** 2).sum()
      params: { rate: 0.1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9000000005, -1.90000000025, 0.400000001],
          2: [0.8004122286917927, -1.800166486115701, 0.3011874216591668],
          10: [0.07624915560691205, -1.0245868378253593, -0.2033228261019808],
        },
      },
    },
    {
      // torch.optim.AdamW([theta], lr=0.1, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.2)
      params: { rate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.8800000499999749, -1.8600000249999937, 0.3900000999999],
          5: [0.4375841098914821, -1.3339476341453393, 0.012286415138953732],
        },
      },
    },
    {
      // g = 2 θ + 0.2 θ in "Adam", algorithm 1, by NumPy; what torch.optim.Adam(…, weight_decay=0.2) does.
      params: { rate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.2, coupled: true },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9000000454545248, -1.9000000227272675, 0.40000009090900823],
          5: [0.511174950159692, -1.504418284507529, 0.03566883612910833],
        },
      },
    },
    {
      // The rate on the wire counts.
      params: { rate: 7 },
      inputs: { rate: { axes: '', values: [0.1] } },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 2: [0.8004122286917927, -1.800166486115701, 0.3011874216591668] },
      },
    },
  ],
});
