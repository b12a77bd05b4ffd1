/** L-BFGS: Newton's method with a Hessian that the last steps tell of. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { defineNode } from '../define.ts';
import { directionParams, evaluationsOf, torchDirections } from '../direction-params.ts';
import { type DirectionContext, firstStep, followDirections } from '../directions.ts';
import { scalarsOf } from '../line-search.ts';
import { detachedInputs, inferOptimizer, optimizerInputs, showRate } from '../optimizer.ts';
import { pythonCall } from '../torch.ts';

/** 1 / y·s of each pair, 0 for those that are not there. */
function curvatures(ir: Builder, y: ValueId, s: ValueId): ValueId {
  const products = ir.einsum('mn,mn->m', y, s);
  return ir.map([products], select(binary('lt', number(0), arg(0)), e.div(number(1), arg(0)), number(0)));
}

/** x + c v, c a scalar. */
const plus = (ir: Builder, x: ValueId, c: ValueId, v: ValueId): ValueId =>
  ir.map([x, c, v], e.add(arg(0), e.mul(arg(1), arg(2))), [[0], [], [0]]);

/** −H g by the two loops: D. C. Liu and J. Nocedal, Math. Program. 45 (1989); Nocedal and Wright, algorithm 7.4. */
function newtonDirection(ir: Builder, gradient: ValueId, scale: ValueId, y: ValueId, s: ValueId): ValueId {
  const length = ir.shape(y)[0] as number;
  const inverse = curvatures(ir, y, s);
  const down = scan(ir, {
    length,
    carries: [ir.apply('neg', gradient)],
    rows: [y, s, inverse],
    reverse: true,
    body(inner, [q = 0], [yi = 0, si = 0, ri = 0]) {
      const { dot, mul, of } = scalarsOf(inner);
      const a = mul(dot(si, q), ri);
      return { carries: [plus(inner, q, of(e.neg(arg(0)))(a), yi)], outs: [a] };
    },
  });
  const scaled = ir.map([down.last[0] as ValueId, scale], e.mul(arg(0), arg(1)), [[0], []]);
  const up = scan(ir, {
    length,
    carries: [scaled],
    rows: [y, s, inverse, down.outs[0] as ValueId],
    body(inner, [r = 0], [yi = 0, si = 0, ri = 0, ai = 0]) {
      const { dot, mul, sub } = scalarsOf(inner);
      return { carries: [plus(inner, r, sub(ai, mul(dot(yi, r), ri)), si)] };
    },
  });
  return up.last[0] as ValueId;
}

/** The pairs with another one at the end, where it says how the slope bends, and the first without. */
function remember(ir: Builder, context: DirectionContext, memory: Readonly<Record<string, ValueId>>) {
  const { gradient, before, isFirst } = context;
  const { dot, and, not, lt, of, number: scalar, choose } = scalarsOf(ir);
  const { ys = 0, ss = 0, scale = 0 } = memory;
  const [y, step] = [
    ir.sub(gradient, before.gradient),
    ir.map([before.direction, before.t], e.mul(arg(0), arg(1)), [[0], []]),
  ];
  const product = dot(y, step);
  const isKept = and(not(isFirst), lt(scalar(1e-10), product));
  const [length = 1, n = 1] = ir.shape(ys);
  const pushed = (rows: ValueId, row: ValueId) => {
    const last = ir.reshape(row, [1, n]);
    return length === 1 ? last : ir.concat([ir.part(rows, 0, 1, length - 1), last], 0);
  };
  return {
    ys: choose(isKept, pushed(ys, y), ys),
    ss: choose(isKept, pushed(ss, step), ss),
    scale: choose(isFirst, scalar(1), choose(isKept, of(e.div(arg(0), arg(1)))(product, dot(y, y)), scale)),
  };
}

// PyTorch's takes one group and no decay; all that it knows of parameters goes through the two methods below.
const groupedInTorch = `class GroupedLBFGS(torch.optim.LBFGS):
    """L-BFGS of the loss with weight decay, where groups may have a scale: a factor of their rate."""

    def __init__(self, params, weight_decay=0.0, **settings):
        groups = [group if isinstance(group, dict) else {"params": [group]} for group in params]
        super().__init__([p for group in groups for p in group["params"]], **settings)
        self.own = {}
        for group in groups:
            own = group.get("scale", 1.0) ** 0.5, group.get("weight_decay", weight_decay)
            self.own.update({p: own for p in group["params"]})

    def step(self, closure):
        def decayed():
            return closure() + sum(0.5 * decay * p.detach().square().sum() for p, (_, decay) in self.own.items())

        return super().step(decayed)

    def _gather_flat_grad(self):
        def slope(p):
            root, decay = self.own[p]
            return root * ((0 if p.grad is None else p.grad) + decay * p.detach())

        return torch.cat([slope(p).reshape(-1) for p in self.own])

    def _add_grad(self, step_size, direction):
        for p, part in zip(self.own, direction.split([p.numel() for p in self.own])):
            p.add_(part.view_as(p), alpha=float(step_size * self.own[p][0]))`;

export const lbfgs = defineNode({
  type: 'lbfgs',
  category: 'optimizer',
  title: text('L-BFGS', 'L-BFGS'),
  doc: text(
    'Liu and Nocedal 1989: θ ← θ − t H ∇L, where H stands for the inverse Hessian and is made of the last m steps and of how the gradient changed along them; t is found by a line search. Steps of the Newton flow dθ/dt = −H ∇L, along which every direction decays alike; for losses of all rows at once, without noise.',
    'Liu 与 Nocedal 1989：θ ← θ − t H ∇L，H 近似黑塞矩阵的逆，由最近 m 步及其间梯度的变化构成；t 由线搜索确定。即牛顿流 dθ/dt = −H ∇L 的步进，各方向以同一速率衰减；适用于同时取全部数据、没有噪声的损失。',
  ),
  glyph: '↧',
  params: z.object({
    ...directionParams,
    history: z
      .int()
      .min(1)
      .max(200)
      .default(10)
      .meta({ label: text('History m', '历史 m') }),
  }),
  inputs: optimizerInputs,
  outputs: [],
  trains: true,
  detached: detachedInputs,
  summary: ({ rate, history }, wired) => `${showRate(rate, wired)}, m = ${history}`,
  infer: inferOptimizer,
  lower(context) {
    const { history } = context.params;
    followDirections(context, {
      flatter: 0.9,
      memory: (n) => ({ ys: [history, n], ss: [history, n], scale: [] }),
      choose(ir, known, before) {
        const { choose } = scalarsOf(ir);
        const memory = remember(ir, known, before);
        const { gradient, rate, isFirst } = known;
        // Before there are pairs it is −∇L, for H is 1 then.
        const direction = newtonDirection(ir, gradient, memory.scale, memory.ys, memory.ss);
        return { direction, t: choose(isFirst, firstStep(ir, gradient, rate), rate), memory };
      },
    });
    return {};
  },
  torch({ params, optimizer, helper }) {
    const { isPlain, options } = torchDirections(params);
    const name = isPlain ? 'torch.optim.LBFGS' : helper(groupedInTorch);
    optimizer(
      (parameters) =>
        pythonCall(name, [parameters], {
          lr: params.rate,
          max_iter: params.iterations,
          max_eval: evaluationsOf(params),
          tolerance_grad: params.toleranceGradient,
          tolerance_change: params.toleranceChange,
          history_size: params.history,
          line_search_fn: params.lineSearch ? "'strong_wolfe'" : undefined,
          weight_decay: params.decay > 0 ? params.decay : undefined,
        }),
      options,
    );
    return {};
  },
  examples: [
    {
      // torch.optim.LBFGS([theta], lr=1, max_iter=2, line_search_fn='strong_wolfe'); loss = (theta ** 2).sum()
      params: { iterations: 2 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 1: [0.7142857142857143, -1.4285714285714286, 0.35714285714285715], 2: [0, 0, 0] },
      },
    },
    {
      // torch.optim.LBFGS([theta], lr=0.3, max_iter=3, history_size=2, tolerance_grad=0.05)
      params: { rate: 0.3, iterations: 3, lineSearch: false, history: 2, toleranceGradient: 0.05 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 1: [0.64, -1.28, 0.32], 2: [0.3136, -0.6272, 0.1568], 3: [0.153664, -0.307328, 0.076832] },
      },
    },
    {
      // The rate on the wire counts: lr=0.3, max_iter=1, line_search_fn='strong_wolfe'
      params: { iterations: 1 },
      inputs: { rate: { axes: '', values: [0.3] } },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.142857142857143, -0.285714285714286, 0.0714285714285715],
          2: [0.1, -0.2, 0.05],
          4: [0.049, -0.098, 0.0245],
        },
      },
    },
    {
      // The class above on [{'params': [theta], 'scale': 0.25}], weight_decay=0.1, max_iter=1, line_search_fn='strong_wolfe'
      params: {
        ...{ iterations: 1, decay: 0.1 },
        groups: [
          { tag: 'parameter', rate: 0.25 },
          { tag: 'bias', rate: 0.5, decay: 0 },
        ],
      },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: { 1: [0.8571428571428571, -1.7142857142857142, 0.42857142857142855], 2: [0, 0, 0] },
      },
    },
    {
      // lr=0.3, max_iter=2, line_search_fn='strong_wolfe', torch.nn.utils.clip_grad_norm_([theta], 4.0) in the closure
      params: { rate: 0.3, iterations: 2, clipNorm: 4 },
      expect: {},
      training: {
        from: [1, -2, 0.5],
        after: {
          1: [0.6791620982013493, -1.3583241964026986, 0.33958104910067466],
          2: [0.341696152428232, -0.683392304856464, 0.170848076214116],
          4: [0.16743111468983368, -0.33486222937966736, 0.08371555734491684],
        },
      },
    },
  ],
});
