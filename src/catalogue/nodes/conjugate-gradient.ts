/** Nonlinear conjugate gradients: each direction keeps what the one before has reached. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import { directionParams, evaluationsOf, torchDirections } from '../direction-params.ts';
import { firstStep, followDirections } from '../directions.ts';
import { scalarsOf } from '../line-search.ts';
import { detachedInputs, inferOptimizer, optimizerInputs, showRate } from '../optimizer.ts';
import { pythonCall } from '../torch.ts';

// PyTorch has none; its line search is that of torch.optim.LBFGS.
const inTorch = `class ConjugateGradient(torch.optim.Optimizer):
    """Groups may have a scale, a factor of their rate, and a weight decay."""

    def __init__(self, params, weight_decay=0.0, **settings):
        super().__init__(params, dict(settings, scale=1.0, weight_decay=weight_decay))
        self.params = [p for group in self.param_groups for p in group["params"]]

    def each(self, setting):
        groups = [(group[setting], p) for group in self.param_groups for p in group["params"]]
        return torch.cat([torch.full_like(p, value).reshape(-1) for value, p in groups])

    def move(self, x):
        for p, part in zip(self.params, x.split([p.numel() for p in self.params])):
            p.copy_(part.view_as(p))

    @torch.no_grad()
    def step(self, closure):
        from torch.optim.lbfgs import _strong_wolfe

        root, decay = self.each("scale").sqrt(), self.each("weight_decay")

        def evaluate(x, t, d):
            at = x + t * root * d
            self.move(at)
            with torch.enable_grad():
                loss = closure()
            grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in self.params]
            slope = torch.cat([g.reshape(-1) for g in grads]) + decay * at
            return float(loss + 0.5 * (decay * at).dot(at)), root * slope

        group, state = self.param_groups[0], self.state[self.params[0]]
        x = torch.cat([p.reshape(-1) for p in self.params])
        first, grad = loss, grad = evaluate(x, 0.0, torch.zeros_like(x))
        if grad.abs().max() <= group['tolerance_grad']:
            return first
        used = 1
        for _ in range(group['max_iter']):
            if not state:
                d, t = -grad, min(1.0, 1.0 / grad.abs().sum()) * group['lr']
            else:
                before = state['grad']
                beta = torch.clamp(grad.dot(grad - before) / before.dot(before), min=0)
                d = beta * state['d'] - grad
                if grad.dot(d) >= 0:
                    d = -grad
                t = state['t'] * state['slope'] / grad.dot(d)
            slope = grad.dot(d)
            state.update(grad=grad, d=d, t=t, slope=slope)
            if slope > -group['tolerance_change']:
                break
            start = loss
            loss, grad, t, count = _strong_wolfe(evaluate, x, t, d, loss, grad, slope, c2=0.1)
            state['t'] = t
            x = x + t * root * d
            used += count
            if used >= group['max_eval'] or grad.abs().max() <= group['tolerance_grad']:
                break
            if (d * t).abs().max() <= group['tolerance_change'] or abs(loss - start) < group['tolerance_change']:
                break
        self.move(x)
        return first`;

export const conjugateGradient = defineNode({
  type: 'conjugate-gradient',
  category: 'optimizer',
  title: text('Conjugate gradient', '共轭梯度'),
  doc: text(
    'Polak and Ribière 1969, “+”: d ← −∇L + β d with β = max(0, ∇L·(∇L − ∇L₋)/‖∇L₋‖²), θ ← θ + t d, t by a line search. A heavy ball whose mass and friction are chosen anew in every step; for a quadratic loss of n parameters it arrives after n. For losses of all rows at once, without noise.',
    'Polak 与 Ribière 1969，“+” 形式：d ← −∇L + β d，β = max(0, ∇L·(∇L − ∇L₋)/‖∇L₋‖²)，θ ← θ + t d，t 由线搜索确定。如同每步重选质量与摩擦的重球；对 n 个参数的二次损失 n 步即达。适用于同时取全部数据、没有噪声的损失。',
  ),
  glyph: '↧',
  params: z.object(directionParams).omit({ lineSearch: true }),
  inputs: optimizerInputs,
  outputs: [],
  trains: true,
  detached: detachedInputs,
  summary: ({ rate }, wired) => showRate(rate, wired),
  infer: inferOptimizer,
  // Nocedal and Wright, "Numerical optimization" (2006), algorithm 5.4 with β of equation 5.44; the first step along a
  // line by equation 3.60: as much as the last one promised.
  lower(context) {
    const params = { ...context.params, lineSearch: true };
    followDirections(
      { ...context, params },
      {
        flatter: 0.1,
        memory: () => ({}),
        choose(ir, { gradient, before, rate, isFirst }) {
          const { dot, of, choose } = scalarsOf(ir);
          const change = ir.sub(gradient, before.gradient);
          const ratio = e.div(arg(0), arg(1));
          const positive = select(binary('lt', number(0), ratio), ratio, number(0));
          const beta = of(select(arg(2), number(0), positive))(
            dot(gradient, change),
            dot(before.gradient, before.gradient),
            isFirst,
          );
          const along = ir.map([gradient, before.direction, beta], e.sub(e.mul(arg(2), arg(1)), arg(0)), [
            [0],
            [0],
            [],
          ]);
          const climbs = of(binary('le', number(0), arg(0)))(dot(gradient, along));
          const direction = choose(climbs, ir.apply('neg', gradient), along);
          const promised = of(e.div(e.mul(arg(0), arg(1)), arg(2)))(
            before.t,
            before.slope,
            dot(gradient, direction),
          );
          return {
            direction,
            t: choose(isFirst, firstStep(ir, gradient, rate), promised),
            memory: {},
          };
        },
      },
    );
    return {};
  },
  torch({ params, optimizer, helper }) {
    const name = helper(inTorch);
    const { options } = torchDirections({ ...params, lineSearch: true });
    optimizer(
      (parameters) =>
        pythonCall(name, [parameters], {
          lr: params.rate,
          max_iter: params.iterations,
          max_eval: evaluationsOf({ ...params, lineSearch: true }),
          tolerance_grad: params.toleranceGradient,
          tolerance_change: params.toleranceChange,
          weight_decay: params.decay > 0 ? params.decay : undefined,
        }),
      options,
    );
    return {};
  },
  examples: [
    {
      // The class above; loss = (theta ** 2).sum(), whose curvature is the same in every direction
      params: { iterations: 1, toleranceGradient: 0.05 },
      inputs: { rate: { axes: '', values: [0.3] } },
      expect: {},
      training: { from: [1, -2, 0.5], after: { 1: [0.0, 0.0, 0.0], 2: [0.0, 0.0, 0.0] } },
    },
    {
      // The class above on [{'params': [theta], 'scale': 0.5, 'weight_decay': 0.1}], lr=0.3, max_iter=1,
      // tolerance_grad=0.05, torch.nn.utils.clip_grad_norm_([theta], 4.5) in the closure
      params: {
        ...{ rate: 0.3, iterations: 1, toleranceGradient: 0.05, clipNorm: 4.5 },
        groups: [
          { tag: 'parameter', rate: 0.5, decay: 0.1 },
          { tag: 'bias', rate: 0.7, decay: 0.05 },
        ],
      },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 1: [0, 0, 0], 4: [0, 0, 0] },
      },
    },
  ],
});
