/** AdamW: Adam whose weights decay beside the step, whatever their gradients are scaled by. */
import { text } from '../../base/text.ts';
import { adamDirection, adamInTorch, adamParams } from '../moments.ts';
import { defineOptimizer } from '../optimizer.ts';

export const adamw = defineOptimizer({
  type: 'adamw',
  title: text('AdamW', 'AdamW'),
  doc: text(
    'Adam with decoupled weight decay (Loshchilov and Hutter 2019): θ ← θ − η (m̂ / (√v̂ + ε) + λ θ), a step of Adam’s flow with linear friction −λ θ towards 0 that no gradient scales.',
    '解耦权重衰减的 Adam（Loshchilov 与 Hutter 2019）：θ ← θ − η (m̂ / (√v̂ + ε) + λ θ)，即 Adam 的流再加指向 0 的线性衰减 −λ θ，它不受梯度缩放。',
  ),
  rate: 0.001,
  decay: 'decoupled',
  params: adamParams,
  // "Decoupled weight decay regularization", arXiv 1711.05101, algorithm 2.
  direction: adamDirection,
  torch: (params) => ({ class: 'torch.optim.AdamW', ...adamInTorch(params) }),
  examples: [
    {
      // torch.optim.AdamW([theta], lr=0.1, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.2)
      params: { rate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, decay: 0.2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.8800000499999749, -1.8600000249999937, 0.3900000999999],
          5: [0.4375841098914821, -1.3339476341453393, 0.012286415138953732],
        },
      },
    },
  ],
});
