/** The learning rate at which gradient descent begins to diverge, found by trying. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { evaluate, type TensorFunction } from '../../ir/tensor-function.ts';
import { defineNode } from '../define.ts';
import { quadratic } from '../example-functions.ts';
import { shapeOf } from '../given.ts';
import { pythonNumber } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

/** Where descent stands: x, and with momentum the velocity v. */
type Place = readonly ValueId[];

/** θ ← θ − η v with v ← μ v + ∇f, so many times; only gradients and sums, no curvature. */
function descend(
  ir: Builder,
  f: TensorFunction,
  { place, rate, momentum, steps }: { place: Place; rate: ValueId; momentum: number; steps: number },
  captured: readonly ValueId[],
): Place {
  return scan(ir, {
    length: steps,
    carries: place,
    constants: [rate, ...captured],
    body(inner, [x = 0, v = 0], _, [eta = 0, ...own]) {
      const all = inner.shape(x).map((__, d) => d);
      const slope = evaluate(inner, f, [x], own).gradients[0] as ValueId;
      const next = inner.map([v, slope], e.add(e.mul(number(momentum), arg(0)), arg(1)));
      const moved = inner.map([x, next, eta], e.sub(arg(0), e.mul(arg(2), arg(1))), [all, all, []]);
      return { carries: [moved, next] };
    },
  }).last;
}

/** ‖∇f‖² at a place. */
function steepness(ir: Builder, f: TensorFunction, [x = 0]: Place, captured: readonly ValueId[]): ValueId {
  const slope = evaluate(ir, f, [x], captured).gradients[0] as ValueId;
  return ir.sum(ir.mul(slope, slope));
}

export const divergenceBoundary = defineNode({
  type: 'divergence-boundary',
  category: 'math',
  title: text('Divergence boundary', '发散边界'),
  doc: text(
    'The rate at which gradient descent on “of” begins to diverge, measured by bisection: from “by”, shaken a little, it descends at a rate in the middle; where ‖∇f‖ grows over the second half of the steps the rate was too large, else too small. It knows nothing of eigenvalues.',
    '在“函数”上做梯度下降开始发散时的学习率，用二分法实测：从稍加扰动的“变量”出发，以中间的学习率下降；若后一半步数里 ‖∇f‖ 增大，则学习率过大，否则过小。它完全不用特征值。',
  ),
  glyph: '⇅',
  params: z.object({
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ label: text('Momentum μ', '动量 μ') }),
    steps: z
      .int()
      .min(2)
      .max(100_000)
      .default(600)
      .meta({ label: text('Steps', '步数'), doc: text('Of each descent', '每次下降的步数') }),
    bisections: z
      .int()
      .min(1)
      .max(60)
      .default(16)
      .meta({ label: text('Bisections', '二分次数') }),
    low: z
      .number()
      .positive()
      .default(1e-4)
      .meta({ label: text('Lowest rate', '最小学习率') }),
    high: z
      .number()
      .positive()
      .default(1000)
      .meta({ label: text('Highest rate', '最大学习率') }),
  }),
  inputs: [
    { name: 'of', title: text('of', '函数') },
    { name: 'by', title: text('by', '变量') },
  ],
  outputs: [{ name: 'rate', title: text('rate', '学习率') }],
  summary: ({ steps, bisections }) => `${bisections} × ${steps}`,
  evaluates: { of: 'of', by: ['by'], times: 16 },
  infer({ inputs, report }) {
    const axes = inputs.of?.axes ?? [];
    if (axes.length > 0)
      report('not-scalar', { port: 'of' }, { what: 'of', axes: axes.map(({ name }) => name).join(', ') });
    return { rate: { axes: [], valueKind: continuous } };
  },
  lower({ params, inputs, ir, drawn, function: functionOf }) {
    const f = functionOf('of', ['by']);
    const shape = ir.shape(inputs.by as ValueId);
    const start = ir.add(inputs.by as ValueId, drawn('normal', shape));
    const { momentum } = params;
    const firstHalf = Math.ceil(params.steps / 2);
    const { last } = scan(ir, {
      length: params.bisections,
      carries: [ir.full([], params.low), ir.full([], params.high)],
      constants: [start, ...f.captured],
      body(inner, [low = 0, high = 0], _, [x = 0, ...captured]) {
        const rate = inner.map([low, high], middle);
        const run = (place: Place, steps: number) =>
          descend(inner, f, { place, rate, momentum, steps }, captured);
        const half = run([x, inner.full(shape, 0)], firstHalf);
        const end = run(half, params.steps - firstHalf);
        const [before, after] = [half, end].map((place) => steepness(inner, f, place, captured));
        // What is infinite or NaN has diverged, too: no comparison holds of it.
        const isBounded = binary('lt', arg(1), number(1e30));
        const settles = inner.map(
          [before as ValueId, after as ValueId],
          select(binary('le', arg(1), arg(0)), isBounded, number(0)),
        );
        return {
          carries: [
            inner.map([settles, rate, low], select(arg(0), arg(1), arg(2))),
            inner.map([settles, rate, high], select(arg(0), arg(2), arg(1))),
          ],
        };
      },
    });
    return { rate: ir.map([last[0] as ValueId, last[1] as ValueId], middle) };
  },
  torch({ params, inputs, inputTypes, drawn, helper, function: functionOf }) {
    const { momentum, steps, bisections, low, high } = params;
    const start = `${inputs.by} + ${drawn('normal', shapeOf(inputTypes.by))}`;
    const given = [momentum, steps, bisections, low, high].map(pythonNumber).join(', ');
    return { rate: `${helper(torchBoundary)}(${functionOf('of', ['by'])}, ${start}, ${given})` };
  },
  examples: [
    {
      // numpy.linalg.eigvalsh: 2 / λ, to within a bisection
      params: { steps: 400, bisections: 42, low: 0.1, high: 10 },
      ...quadratic([1, -0.5], [3, 0.5, 0.5, 1]),
      expect: { rate: { axes: '', values: [0.6414298263637128] } },
      // It is found by comparisons.
      notDifferentiable: ['by', 'A'],
    },
  ],
});

/** √(low · high): the middle of rates on a logarithmic scale. */
const middle = unary('sqrt', e.mul(arg(0), arg(1)));

const torchBoundary = `@torch.enable_grad()
def divergence_boundary(function, start, momentum, steps, bisections, low, high):
    """The rate at which gradient descent begins to diverge, by bisection."""

    def slope_at(x):
        x = x.detach().requires_grad_()
        value = function(x)
        return torch.autograd.grad(value, x)[0] if value.requires_grad else torch.zeros_like(x)

    def settles(rate):
        x, v = start.detach(), torch.zeros_like(start)
        for step in range(steps):
            if step == math.ceil(steps / 2):
                before = (slope_at(x) ** 2).sum()
            v = momentum * v + slope_at(x)
            x = x - rate * v
        after = (slope_at(x) ** 2).sum()
        # What is infinite or NaN has diverged too.
        return bool(after <= before) and bool(after < 1e30)

    for _ in range(bisections):
        rate = math.sqrt(low * high)
        low, high = (rate, high) if settles(rate) else (low, rate)
    return torch.tensor(math.sqrt(low * high))`;
