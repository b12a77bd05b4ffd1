/**
 * Overdamped Langevin dynamics dθ = −∇L dt + √(2T) dW by the Euler–Maruyama method: gradient descent in heat. With
 * batches of data it is stochastic gradient Langevin dynamics.
 */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import { gradients, learningRate, showRate } from '../optimizer.ts';
import {
  inferThermal,
  normalLike,
  showTemperature,
  temperature,
  temperatureParam,
  thermalDetached,
  thermalInputs,
  thermalNotFinite,
} from '../thermal.ts';
import { pythonCall } from '../torch.ts';

/** θ − η ∇L + √(2ηT) ξ, of θ, ∇L, ξ, η and T. */
const next = e.add(
  e.sub(arg(0), e.mul(arg(3), arg(1))),
  e.mul(unary('sqrt', e.mul(e.mul(number(2), arg(3)), arg(4))), arg(2)),
);

export const langevin = defineNode({
  type: 'langevin',
  category: 'optimizer',
  title: text('Langevin (SGLD)', '朗之万（SGLD）'),
  // G. Maruyama, "Continuous Markov processes and stochastic equations", Rend. Circ. Mat. Palermo 4 (1955);
  // M. Welling and Y. W. Teh, "Bayesian learning via stochastic gradient Langevin dynamics", ICML 2011, equation 4.
  doc: text(
    'Descent in heat, dθ = −∇L dt + √(2T) dW, by Euler–Maruyama steps: θ ← θ − η ∇L + √(2ηT) ξ with normal ξ. For small η it settles to the Boltzmann distribution P(θ) ∝ exp(−L/T); with batches it is stochastic gradient Langevin dynamics (Welling and Teh 2011).',
    '带热噪声的下降 dθ = −∇L dt + √(2T) dW，用欧拉–丸山步：θ ← θ − η ∇L + √(2ηT) ξ，ξ 服从标准正态。η 小时趋于玻尔兹曼分布 P(θ) ∝ exp(−L/T)；配合小批量即为随机梯度朗之万动力学（Welling 与 Teh 2011）。',
  ),
  glyph: '↧',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .default(0.01)
      .meta({ label: text('Learning rate η', '学习率 η') }),
    temperature: temperatureParam,
  }),
  inputs: thermalInputs,
  outputs: [],
  trains: true,
  detached: thermalDetached,
  reading: { check: 'check-stable', params: ({ rate }) => ({ rate }) },
  summary: ({ rate, temperature: t }, wired) => `${showRate(rate, wired)}, ${showTemperature(t, wired)}`,
  infer: inferThermal,
  notFinite: thermalNotFinite,
  lower(context) {
    const { ir, update } = context;
    const [rate, heat] = [learningRate(context), temperature(context)];
    for (const { value, gradient } of gradients(context)) {
      const all = ir.shape(value).map((_, d) => d);
      const given = [value, gradient, normalLike(context, value), rate, heat];
      update(value, ir.map(given, next, [all, all, all, [], []]));
    }
    return {};
  },
  torch({ params: { rate, temperature: heat }, optimizer, helper }) {
    const dynamics = helper(inTorch);
    optimizer((parameters) => pythonCall(dynamics, [parameters], { lr: rate, temperature: heat }), {
      settings: { temperature: 'temperature' },
    });
    return {};
  },
  examples: [
    {
      // Without heat it is gradient descent: torch.optim.SGD([theta], lr=0.1); loss = (theta ** 2).sum()
      params: { rate: 0.1, temperature: 0 },
      expect: {},
      training: { from: [1, -2, 0.5], after: { 1: [0.8, -1.6, 0.4], 3: [0.512, -1.024, 0.256] } },
    },
    // Seed 1, noise as in the examples of `noise`: the formula, in Python.
    {
      params: { rate: 0.1, temperature: 0.3 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [1.129519726870704, -1.889693494079375, 0.31180018061138726],
          3: [0.597030406516427, -1.1297354335588632, -0.013947089583687795],
        },
      },
    },
    {
      // Rate and temperature on wires count.
      params: { rate: 7, temperature: 7 },
      inputs: { rate: { axes: '', values: [0.05] }, temperature: { axes: '', values: [0.5] } },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 2: [0.8723766536604429, -1.813685317509339, 0.13426539973786666] },
      },
    },
  ],
});

const inTorch = `class Langevin(torch.optim.Optimizer):
    """Langevin dynamics by the method of Euler and Maruyama: gradient descent in heat (SGLD)."""

    def __init__(self, params, lr=0.01, temperature=0.1):
        super().__init__(params, dict(lr=lr, temperature=temperature))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            h, heat = group['lr'], group['temperature']
            for p in group['params']:
                noise = math.sqrt(2 * h * heat) * torch.randn_like(p)
                p.add_(noise if p.grad is None else noise - h * p.grad)`;
