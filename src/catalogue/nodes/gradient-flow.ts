/**
 * Gradient flow dθ/dt = −∇L(θ), one step of the classical fourth-order Runge–Kutta method in each training step:
 * what gradient descent, which is Euler's method for the same equation, comes to as its step becomes small.
 */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, type Expr, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { detachedInputs, inferOptimizer, learningRate, optimizerInputs, showRate } from '../optimizer.ts';
import { stableRungeKutta } from '../stable-rate.ts';
import { pythonCall } from '../torch.ts';

/** θ − c h k, of the arguments θ, k and h. */
const movedBy = (c: number): Expr => e.sub(arg(0), e.mul(e.mul(number(c), arg(2)), arg(1)));

export const gradientFlow = defineNode({
  type: 'gradient-flow',
  category: 'optimizer',
  title: text('Gradient flow', '梯度流'),
  // W. Kutta, "Beitrag zur näherungsweisen Integration totaler Differentialgleichungen", Z. Math. Phys. 46 (1901).
  doc: text(
    'The flow dθ/dt = −∇L by a Runge–Kutta step of order 4: k₁ … k₄ are ∇L at θ, θ − ½h k₁, θ − ½h k₂, θ − h k₃, and θ ← θ − (h/6)(k₁ + 2k₂ + 2k₃ + k₄). With h = η, SGD is Euler’s method for the same flow.',
    '以四阶龙格–库塔步求梯度流 dθ/dt = −∇L：k₁…k₄ 是 ∇L 在 θ、θ − ½h k₁、θ − ½h k₂、θ − h k₃ 处的值，θ ← θ − (h/6)(k₁ + 2k₂ + 2k₃ + k₄)。取 h = η 时，SGD 就是同一流的欧拉法。',
  ),
  glyph: '↧',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .default(0.1)
      .meta({ label: text('Time step h', '时间步长 h') }),
  }),
  inputs: optimizerInputs,
  outputs: [],
  trains: true,
  detached: detachedInputs,
  reading: { check: 'check-stable', params: ({ rate }) => ({ rate, limit: stableRungeKutta }) },
  summary: ({ rate }, wired) => showRate(rate, wired, 'h'),
  infer: inferOptimizer,
  lower(context) {
    const { inputs, ir, metric, trainable, objective, update } = context;
    const start = trainable(inputs.loss as ValueId);
    const gradientsAt = objective();
    const step = learningRate(context);
    const all = (value: ValueId) => ir.shape(value).map((_, d) => d);
    /** The points that all parameters reach from the start along these gradients. */
    const moved = (gradients: readonly ValueId[], c: number) =>
      start.map((value, i) =>
        ir.map([value, gradients[i] as ValueId, step], movedBy(c), [all(value), all(value), []]),
      );
    const { loss, gradients: k1 } = gradientsAt(start);
    metric('loss', loss);
    const { gradients: k2 } = gradientsAt(moved(k1, 1 / 2));
    const { gradients: k3 } = gradientsAt(moved(k2, 1 / 2));
    const { gradients: k4 } = gradientsAt(moved(k3, 1));
    const middle = e.mul(number(2), e.add(arg(2), arg(3)));
    const sum = e.add(e.add(arg(1), middle), arg(4));
    const next = e.sub(arg(0), e.mul(e.mul(number(1 / 6), arg(5)), sum));
    for (const [i, value] of start.entries()) {
      const slopes = [k1, k2, k3, k4].map((k) => k[i] as ValueId);
      const axes = [value, ...slopes].map(all);
      update(value, ir.map([value, ...slopes, step], next, [...axes, []]));
    }
    return {};
  },
  torch({ params: { rate }, optimizer, helper }) {
    const flow = helper(inTorch);
    optimizer((parameters) => pythonCall(flow, [parameters], { lr: rate }), { closure: true });
    return {};
  },
  examples: [
    {
      // For L = Σ θ² a step multiplies θ by 1 − z + z²/2 − z³/6 + z⁴/24 with z = 2h = 0.2 (by hand; e⁻ᶻ = 0.81873075…).
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.8187333333333333, -1.6374666666666666, 0.40936666666666666],
          3: [0.5488168249010372, -1.0976336498020745, 0.2744084124505186],
        },
      },
    },
    {
      // The step on the wire counts: z = 1, so that a step multiplies θ by 0.375.
      params: { rate: 7 },
      inputs: { rate: { axes: '', values: [0.5] } },
      expect: {},
      training: { from: [1, -2, 0.5], after: { 2: [0.140625, -0.28125, 0.0703125] } },
    },
  ],
});

const inTorch = `class GradientFlow(torch.optim.Optimizer):
    """The flow of the parameters down the gradient, by a Runge-Kutta step of order 4."""

    def __init__(self, params, lr=0.1):
        super().__init__(params, dict(lr=lr))

    @torch.no_grad()
    def step(self, closure):
        moves = [(p, group['lr']) for group in self.param_groups for p in group['params']]
        start = [p.clone() for p, _ in moves]

        def slopes():
            with torch.enable_grad():
                loss = closure()
            return loss, [torch.zeros_like(p) if p.grad is None else p.grad.clone() for p, _ in moves]

        def slopes_at(slopes_before, part):
            for (p, h), x, k in zip(moves, start, slopes_before):
                p.copy_(x - part * h * k)
            return slopes()[1]

        loss, k1 = slopes()
        k2 = slopes_at(k1, 0.5)
        k3 = slopes_at(k2, 0.5)
        k4 = slopes_at(k3, 1.0)
        for (p, h), x, a, b, c, d in zip(moves, start, k1, k2, k3, k4):
            p.copy_(x - h / 6 * (a + 2 * (b + c) + d))
        return loss`;
