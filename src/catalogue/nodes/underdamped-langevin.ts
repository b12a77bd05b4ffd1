/**
 * Langevin dynamics with inertia, dθ = v dt, m dv = −∇L dt − γ m v dt + √(2γmT) dW, by the BAOAB splitting: half a
 * kick (B), half a drift (A), friction and noise solved exactly (O), half a drift, half a kick.
 */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { learningRate, showRate } from '../optimizer.ts';
import { stableVerlet } from '../stable-rate.ts';
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

export const underdampedLangevin = defineNode({
  type: 'underdamped-langevin',
  category: 'optimizer',
  title: text('Langevin with inertia', '欠阻尼朗之万'),
  // B. Leimkuhler and C. Matthews, "Rational construction of stochastic numerical methods for molecular sampling",
  // Applied Mathematics Research eXpress 2013, section 2 (BAOAB).
  doc: text(
    'Motion with mass m, friction γ and heat: dθ = v dt, m dv = −∇L dt − γmv dt + √(2γmT) dW, by the BAOAB steps of Leimkuhler and Matthews 2013. θ settles to P ∝ exp(−L/T), on a harmonic loss with its exact variance at any stable step; without friction and heat it is velocity Verlet. The gradient is taken twice a step.',
    '具有质量 m、摩擦 γ 与热的运动：dθ = v dt，m dv = −∇L dt − γmv dt + √(2γmT) dW，用 Leimkuhler 与 Matthews 2013 的 BAOAB 步。θ 趋于 P ∝ exp(−L/T)，对二次损失在任何稳定步长下方差都精确；没有摩擦与热时即速度 Verlet 法。每步求两次梯度。',
  ),
  glyph: '↧',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .default(0.1)
      .meta({ label: text('Time step h', '时间步长 h') }),
    temperature: temperatureParam,
    friction: z
      .number()
      .min(0)
      .default(1)
      .meta({ label: text('Friction γ', '摩擦 γ'), doc: text('One over a time', '时间的倒数') }),
    mass: z
      .number()
      .positive()
      .default(1)
      .meta({ label: text('Mass m', '质量 m') }),
  }),
  inputs: thermalInputs,
  outputs: [],
  trains: true,
  detached: thermalDetached,
  reading: {
    check: 'check-stable',
    params: ({ rate, mass }) => ({ rate, order: 'second', limit: stableVerlet * mass }),
  },
  summary: ({ rate, temperature: t, friction }, wired) =>
    `${showRate(rate, wired, 'h')}, ${showTemperature(t, wired)}, γ = ${friction}`,
  infer: inferThermal,
  notFinite: thermalNotFinite,
  lower(context) {
    const {
      params: { friction, mass },
      inputs,
      ir,
      metric,
      trainable,
      objective,
      stateOf,
      update,
    } = context;
    const start = trainable(inputs.loss as ValueId);
    const gradientsAt = objective();
    const [step, heat] = [learningRate(context), temperature(context)];
    const all = (value: ValueId) => ir.shape(value).map((_, d) => d);
    // c = exp(−γh), and √((1 − c²) T / m): what friction leaves of a velocity, and what heat gives it.
    const kept = ir.map([step], unary('exp', e.mul(number(-friction), arg(0))));
    const lost = e.sub(number(1), e.mul(arg(0), arg(0)));
    const given = ir.map([kept, heat], unary('sqrt', e.mul(lost, e.mul(number(1 / mass), arg(1)))));
    const kick = e.sub(arg(0), e.mul(e.mul(number(0.5 / mass), arg(2)), arg(1)));
    const drift = e.add(arg(0), e.mul(e.mul(number(0.5), arg(2)), arg(1)));
    const thermostat = e.add(e.mul(arg(1), arg(0)), e.mul(arg(3), arg(2)));

    const { loss, gradients } = gradientsAt(start);
    metric('loss', loss);
    const moved = start.map((value, i) => {
      const axes = [all(value), all(value), []];
      const velocity = stateOf(value, 'velocity', 'like');
      const kicked = ir.map([velocity, gradients[i] as ValueId, step], kick, axes);
      const half = ir.map([value, kicked, step], drift, axes);
      const noise = normalLike(context, value);
      const heated = ir.map([kicked, kept, noise, given], thermostat, [all(value), [], all(value), []]);
      return { velocity, heated, position: ir.map([half, heated, step], drift, axes) };
    });
    const { gradients: after } = gradientsAt(moved.map(({ position }) => position));
    for (const [i, { velocity, heated, position }] of moved.entries()) {
      const axes = [all(velocity), all(velocity), []];
      update(velocity, ir.map([heated, after[i] as ValueId, step], kick, axes));
      update(start[i] as ValueId, position);
    }
    return {};
  },
  // The five parts of a step one after the other, in Python.
  torch({ params: { rate, temperature: heat, friction, mass }, optimizer, helper }) {
    const dynamics = helper(inTorch);
    const given = { lr: rate, temperature: heat, friction, mass };
    optimizer((parameters) => pythonCall(dynamics, [parameters], given), {
      closure: true,
      settings: { temperature: 'temperature' },
    });
    return {};
  },
  examples: [
    {
      // Without friction and heat it is velocity Verlet.
      params: { rate: 0.2, temperature: 0, friction: 0 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 5: [0.15124316159999987, -0.30248632319999974, 0.07562158079999994] },
      },
    },
    {
      // Seed 1, noise as in the examples of `noise`.
      params: { rate: 0.2, temperature: 0.3, friction: 0.8, mass: 2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [1.0087437540585305, -1.9869270054694423, 0.4834414326736363],
          3: [0.9180967430021459, -1.7883314932324428, 0.3402913413081747],
        },
      },
    },
    {
      // Time step and temperature on wires count.
      params: { rate: 7, temperature: 7 },
      inputs: { rate: { axes: '', values: [0.05] }, temperature: { axes: '', values: [0.5] } },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 2: [1.0069081271694011, -1.9986707687859955, 0.484566533887936] },
      },
    },
  ],
});

const inTorch = `class UnderdampedLangevin(torch.optim.Optimizer):
    """Langevin dynamics with inertia by the BAOAB splitting (Leimkuhler and Matthews, 2013)."""

    def __init__(self, params, lr=0.1, temperature=0.1, friction=1.0, mass=1.0):
        super().__init__(params, dict(lr=lr, temperature=temperature, friction=friction, mass=mass))

    @torch.no_grad()
    def step(self, closure):
        every = [(p, group) for group in self.param_groups for p in group['params']]
        with torch.enable_grad():
            loss = closure()
        for p, group in every:
            h, mass = group['lr'], group['mass']
            v = self.state[p].setdefault('velocity', torch.zeros_like(p))
            if p.grad is not None:
                v.sub_(0.5 * h / mass * p.grad)
            p.add_(0.5 * h * v)
            kept = math.exp(-group['friction'] * h)
            v.mul_(kept).add_(math.sqrt((1 - kept**2) * group['temperature'] / mass) * torch.randn_like(p))
            p.add_(0.5 * h * v)
        with torch.enable_grad():
            closure()
        for p, group in every:
            if p.grad is not None:
                self.state[p]['velocity'].sub_(0.5 * group['lr'] / group['mass'] * p.grad)
        return loss`;
