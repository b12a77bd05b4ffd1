/** Gradient descent: Euler's method for the gradient flow; with momentum, damped motion. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import { defineOptimizer } from '../optimizer.ts';
import { stableDescent } from '../stable-rate.ts';

export const sgd = defineOptimizer({
  type: 'sgd',
  title: text('SGD', 'SGD'),
  doc: text(
    'Gradient descent: θ ← θ − η ∇L, a forward Euler step of dθ/dt = −∇L with h = η. With momentum μ: v ← μ v + ∇L, θ ← θ − η v, a symplectic Euler step of the damped motion d²θ/dt² = −γ dθ/dt − ∇L with h = √η and γ = (1 − μ)/h. Nesterov’s form θ ← θ − η (∇L + μ v) takes the slope where the motion is about to arrive.',
    '梯度下降：θ ← θ − η ∇L，即 dθ/dt = −∇L 的前向欧拉步，h = η。带动量 μ：v ← μ v + ∇L，θ ← θ − η v，即阻尼运动 d²θ/dt² = −γ dθ/dt − ∇L 的辛欧拉步，h = √η，γ = (1 − μ)/h。Nesterov 形式 θ ← θ − η (∇L + μ v) 在运动将要到达之处取斜率。',
  ),
  rate: 0.1,
  decay: 'coupled',
  params: {
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: text('Momentum μ', '动量 μ') }),
    dampening: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({
        label: text('Dampening τ', '阻尼 τ'),
        doc: text('v ← μ v + (1 − τ) ∇L after the first step', '第一步之后 v ← μ v + (1 − τ) ∇L'),
      }),
    nesterov: z
      .boolean()
      .default(false)
      .meta({ label: text('Nesterov', 'Nesterov') }),
  },
  summary: ({ momentum }) => (momentum ? `μ = ${momentum}` : ''),
  // The velocity is PyTorch's, which holds no rate; Nesterov's form is that of I. Sutskever et al., "On the importance
  // of initialization and momentum in deep learning", ICML 2013, section 2, as PyTorch writes it.
  direction({ params: { momentum, dampening, nesterov }, gradient, kept, ofCount, map }) {
    if (momentum === 0) return gradient;
    const carried = e.mul(number(momentum), arg(0));
    const share = select(binary('eq', arg(0), number(1)), number(1), number(1 - dampening));
    const velocity =
      dampening === 0
        ? kept('velocity', [gradient], e.add(carried, arg(1)))
        : kept('velocity', [gradient, ofCount(share)], e.add(carried, e.mul(arg(2), arg(1))));
    return nesterov ? map([velocity, gradient], e.add(arg(1), e.mul(number(momentum), arg(0)))) : velocity;
  },
  reading: {
    check: 'check-stable',
    params: ({ rate, momentum, dampening, nesterov, decay, groups, clipNorm, clipValue }) => ({
      ...{ rate, decay, groups, clipNorm, clipValue },
      limit: stableDescent(momentum, momentum > 0 ? dampening : 0, nesterov),
    }),
  },
  torch: ({ momentum, dampening, nesterov }) => ({
    class: 'torch.optim.SGD',
    ...(momentum > 0 && { momentum }),
    ...(momentum > 0 && dampening > 0 && { dampening }),
    ...(momentum > 0 && nesterov && { nesterov }),
  }),
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
      // torch.optim.SGD([theta], lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.2)
      params: { momentum: 0.9, dampening: 0.3, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.7799999999999999, -1.5599999999999998, 0.38999999999999996],
          2: [0.4618799999999999, -0.9237599999999998, 0.23093999999999995],
          5: [-0.5014018926403201, 1.0028037852806402, -0.25070094632016005],
        },
      },
    },
    {
      // torch.optim.SGD([theta], lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.2)
      params: { momentum: 0.9, nesterov: true, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.582, -1.164, 0.291],
          2: [0.16052399999999994, -0.3210479999999999, 0.08026199999999997],
          5: [-0.422035830391968, 0.844071660783936, -0.211017915195984],
        },
      },
    },
    {
      // torch.nn.utils.clip_grad_value_([theta], 1.5), then torch.nn.utils.clip_grad_norm_([theta], 1.0)
      params: { clipValue: 1.5, clipNorm: 1 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.9360398123660325, -1.9360398123660325, 0.45735987491068836],
          4: [0.7387720433066098, -1.7387720433066098, 0.34730161718450037],
        },
      },
    },
    {
      // [{'params': [theta], 'lr': 0.05, 'weight_decay': 0.2}]: θ is the state of a node of type “parameter”
      params: { decay: 0.5, groups: [{ tag: 'parameter', rate: 0.5, decay: 0.2 }] },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 1: [0.89, -1.78, 0.445], 4: [0.6274224100000001, -1.2548448200000002, 0.31371120500000005] },
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
