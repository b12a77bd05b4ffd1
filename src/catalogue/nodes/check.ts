/** A check: a measured figure beside what it should be. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { broadcastTypes } from '../broadcast.ts';
import { defineNode, type LowerContext } from '../define.ts';
import { elementwise, torchOperands } from '../elementwise.ts';
import { pythonFloat } from '../torch.ts';

type Compare = 'equal' | 'relative' | 'factor' | 'at-most' | 'at-least';

const [v, t] = [arg(0), arg(1)];
const difference = unary('abs', e.sub(v, t));

/** How far a value v is from its theory t. NaN stays NaN, which no tolerance admits. */
const residuals: Readonly<Record<Compare, Expr>> = {
  equal: difference,
  relative: e.div(difference, unary('abs', t)),
  // Of 0, or of the other sign, no factor leads from one to the other.
  factor: select(
    binary('lt', number(0), e.div(v, t)),
    binary('max', e.div(v, t), e.div(t, v)),
    number(Number.POSITIVE_INFINITY),
  ),
  'at-most': binary('max', e.sub(v, t), number(0)),
  'at-least': binary('max', e.sub(t, v), number(0)),
};

const signs: Readonly<Record<Compare, string>> = {
  equal: '=',
  relative: '=',
  factor: '≈',
  'at-most': '≤',
  'at-least': '≥',
};

/** The same in Python. */
const torchResiduals: Readonly<Record<Compare, (v: string, t: string) => string>> = {
  equal: (v, t) => `abs(${v} - ${t})`,
  relative: (v, t) => `abs(${v} - ${t}) / abs(${t})`,
  factor: (v, t) =>
    `torch.where(${v} / ${t} > 0, torch.maximum(${v} / ${t}, ${t} / ${v}), torch.tensor(math.inf))`,
  'at-most': (v, t) => `torch.clamp(${v} - ${t}, min=0)`,
  'at-least': (v, t) => `torch.clamp(${t} - ${v}, min=0)`,
};

export const check = defineNode({
  type: 'check',
  category: 'check',
  title: text('Check', '检验'),
  doc: text(
    'Compares what is measured with what theory says; it is met where the residual is at most the tolerance. Of tensors the element that is farthest off counts.',
    '把测得的值与理论值相比；残差不超过容差即为通过。对张量，以偏差最大的元素为准。',
  ),
  glyph: '✓',
  params: z.object({
    theory: z
      .number()
      .default(0)
      .meta({ label: text('Theory', '理论值'), doc: text('where nothing is wired to it', '未连线时使用') }),
    tolerance: z
      .number()
      .min(0)
      .default(1e-6)
      .meta({ label: text('Tolerance', '容差'), doc: text('where nothing is wired to it', '未连线时使用') }),
    compare: z
      .enum(['equal', 'relative', 'factor', 'at-most', 'at-least'])
      .default('equal')
      .meta({
        label: text('Comparison', '比较方式'),
        doc: text(
          'equal: |v − t|; relative: |v − t| / |t|; factor: the larger of v/t and t/v; at most, at least: how far beyond',
          '相等：|v − t|；相对：|v − t| / |t|；倍数：v/t 与 t/v 中较大者；不大于、不小于：超出多少',
        ),
        options: {
          equal: text('equal', '相等'),
          relative: text('relative', '相对'),
          factor: text('factor', '倍数'),
          'at-most': text('at most', '不大于'),
          'at-least': text('at least', '不小于'),
        },
      }),
  }),
  inputs: [
    { name: 'measured', title: text('measured', '测得') },
    { name: 'theory', title: text('theory', '理论'), optional: true },
    { name: 'tolerance', title: text('tolerance', '容差'), optional: true },
  ],
  outputs: [],
  summary: ({ compare, theory }, wired) =>
    `v ${signs[compare]} ${wired.includes('theory') ? 't' : String(theory)}`,
  infer(context) {
    const { measured, theory, tolerance } = context.inputs;
    if (theory && measured && theory.axes.length > 0)
      broadcastTypes(context, measured, theory, ['measured', 'theory']);
    if (tolerance && tolerance.axes.length > 0)
      context.report(
        'rank-mismatch',
        { port: 'tolerance' },
        {
          what: 'tolerance',
          actual: tolerance.axes.length,
          axes: tolerance.axes.map((a) => a.name).join(', '),
          expected: 0,
        },
      );
    return {};
  },
  lower(context) {
    const { ir, params, inputs, inputTypes } = context;
    const measured = inputs.measured as ValueId;
    const theory = inputs.theory ?? ir.full([], params.theory);
    const tolerance = inputs.tolerance ?? ir.full([], params.tolerance);
    const isScalar = [inputTypes.measured, inputTypes.theory].every((type) => !type?.axes.length);
    const residual = largest(context, residualOf(context, theory));
    // Of tensors there is no one value: how far they are apart is measured, and should be nothing.
    const ideal = params.compare === 'factor' ? 1 : 0;
    context.check(
      isScalar
        ? { value: measured, theory, residual, tolerance }
        : { value: residual, theory: ir.full([], ideal), residual, tolerance },
    );
    return {};
  },
  torch(context) {
    const { params, inputs, inputTypes, let: assign, check } = context;
    const isScalar = [inputTypes.measured, inputTypes.theory].every((type) => !type?.axes.length);
    const [v, t] =
      inputs.theory === undefined || !inputTypes.theory?.axes.length
        ? [inputs.measured as string, inputs.theory ?? pythonFloat(params.theory)]
        : (torchOperands(context, ['measured', 'theory']) as [string, string]);
    const far = torchResiduals[params.compare](v, t);
    const residual = assign('off', isScalar ? far : `(${far}).max()`);
    const tolerance = inputs.tolerance ?? pythonFloat(params.tolerance);
    const theory = params.compare === 'factor' ? '1.0' : '0.0';
    check(
      isScalar
        ? { value: v, theory: t, residual, tolerance }
        : { value: residual, theory, residual, tolerance },
    );
    return {};
  },
  examples: [
    {
      params: { theory: 3, tolerance: 0.5 },
      inputs: { measured: { axes: '', values: [2.75] } },
      expect: {},
      check: { value: 2.75, theory: 3, residual: 0.25, met: true },
    },
    {
      params: { tolerance: 0.0625, compare: 'relative' },
      inputs: { measured: { axes: '', values: [2.75] }, theory: { axes: '', values: [-4] } },
      expect: {},
      check: { value: 2.75, theory: -4, residual: 1.6875, met: false },
    },
    {
      params: { theory: 4, tolerance: 2, compare: 'factor' },
      inputs: { measured: { axes: '', values: [2] } },
      expect: {},
      check: { value: 2, theory: 4, residual: 2, met: true },
    },
    {
      params: { theory: 4, tolerance: 2, compare: 'factor' },
      inputs: { measured: { axes: '', values: [-3] } },
      expect: {},
      check: { value: -3, theory: 4, residual: Number.POSITIVE_INFINITY, met: false },
    },
    {
      params: { theory: 4, tolerance: 0, compare: 'at-most' },
      inputs: { measured: { axes: '', values: [-7] } },
      expect: {},
      check: { value: -7, theory: 4, residual: 0, met: true },
    },
    {
      params: { theory: 4, compare: 'at-least' },
      inputs: { measured: { axes: '', values: [3.5] }, tolerance: { axes: '', values: [0.25] } },
      expect: {},
      check: { value: 3.5, theory: 4, residual: 0.5, met: false },
    },
    // The farthest of all elements: |2 − 2.5|.
    {
      params: { tolerance: 0.25 },
      inputs: {
        measured: { axes: 'i 3', values: [1, 2, 3] },
        theory: { axes: 'i 3', values: [1, 2.5, 2.75] },
      },
      expect: {},
      check: { value: 0.5, theory: 0, residual: 0.5, met: false },
    },
    // 0 / 0: nothing is known, so it is not met, as with any NaN.
    {
      params: { theory: 0, tolerance: 1, compare: 'relative' },
      inputs: { measured: { axes: '', values: [0] } },
      expect: {},
      check: { value: 0, theory: 0, residual: Number.NaN, met: false },
    },
  ],
});

type Context = LowerContext<{ compare: Compare }>;

/** Element by element; a theory that is one number holds for each. */
function residualOf(context: Context, theory: ValueId): ValueId {
  const { ir, params, inputs } = context;
  const expr = residuals[params.compare];
  if (ir.shape(theory).length > 0) return elementwise(context, ['measured', 'theory'], expr);
  const measured = inputs.measured as ValueId;
  const shape = ir.shape(measured);
  return ir.map([measured, theory], expr, [shape.map((_, d) => d), []], shape);
}

function largest({ ir }: Context, x: ValueId): ValueId {
  const shape = ir.shape(x);
  return shape.length === 0
    ? x
    : ir.reduce(
        'max',
        x,
        shape.map((_, d) => d),
      );
}
