/** Gradient descent: Euler's method for the gradient flow. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import {
  detachedInputs,
  gradients,
  inferOptimizer,
  learningRate,
  optimizerInputs,
  showRate,
} from '../optimizer.ts';

export const sgd = defineNode({
  type: 'sgd',
  category: 'optimizer',
  title: text('SGD', 'SGD'),
  doc: text(
    'Gradient descent: θ ← θ − η ∇L, a forward Euler step of dθ/dt = −∇L with h = η. With momentum μ: v ← μ v + ∇L, θ ← θ − η v, a symplectic Euler step of the damped motion d²θ/dt² = −γ dθ/dt − ∇L with h = √η and γ = (1 − μ)/h.',
    '梯度下降：θ ← θ − η ∇L，即 dθ/dt = −∇L 的前向欧拉步，h = η。带动量 μ：v ← μ v + ∇L，θ ← θ − η v，即阻尼运动 d²θ/dt² = −γ dθ/dt − ∇L 的辛欧拉步，h = √η，γ = (1 − μ)/h。',
  ),
  glyph: '↧',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .default(0.1)
      .meta({ label: text('Learning rate η', '学习率 η') }),
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: text('Momentum μ', '动量 μ') }),
  }),
  inputs: optimizerInputs,
  outputs: [],
  trains: true,
  detached: detachedInputs,
  summary: ({ rate, momentum }, wired) => `${showRate(rate, wired)}${momentum ? `, μ = ${momentum}` : ''}`,
  infer: inferOptimizer,
  lower(context) {
    const {
      params: { momentum },
      ir,
      stateOf,
      update,
    } = context;
    const rate = learningRate(context);
    for (const { value, gradient } of gradients(context)) {
      const all = ir.shape(value).map((_, d) => d);
      let direction = gradient;
      if (momentum > 0) {
        const velocity = stateOf(value, 'velocity', 'like');
        direction = ir.map([velocity, gradient], e.add(e.mul(number(momentum), arg(0)), arg(1)));
        update(velocity, direction);
      }
      // θ − η d
      const step = e.sub(arg(0), e.mul(arg(2), arg(1)));
      update(value, ir.map([value, direction, rate], step, [all, all, []]));
    }
    return {};
  },
  examples: [
    {
      // torch.optim.SGD([theta], lr=0.1); loss = (theta ** 2).sum()
      expect: {},
      training: { from: [1, -2, 0.5], after: { 1: [0.8, -1.6, 0.4], 3: [0.512, -1.024, 0.256] } },
    },
    {
      // torch.optim.SGD([theta], lr=0.1, momentum=0.9)
      params: { momentum: 0.9 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 2: [0.46, -0.92, 0.23], 5: [-0.58042, 1.16084, -0.29021] },
      },
    },
    {
      // The rate on the wire counts.
      params: { rate: 7 },
      inputs: { rate: { axes: '', values: [0.1] } },
      expect: {},
      training: { from: [1, -2, 0.5], after: { 3: [0.512, -1.024, 0.256] } },
    },
  ],
});
