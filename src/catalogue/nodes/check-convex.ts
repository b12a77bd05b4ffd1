/** Whether a function bends up everywhere, by the smallest eigenvalue of its Hessian over a sample of points. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import { extremeEigenvalue, hessian } from '../../ir/hessian.ts';
import { elements, type ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { defineNode } from '../define.ts';
import { quadratic } from '../example-functions.ts';
import { torchHessian, torchPowerIteration } from '../extreme-eigenvalue.ts';
import { shapeOf } from '../given.ts';
import { meetInOrder } from '../meeting.ts';
import { pythonNumber } from '../torch.ts';

const indefinite = quadratic([1, -0.5], [-3, 0.5, 0.5, 1]);

export const checkConvex = defineNode({
  type: 'check-convex',
  category: 'check',
  title: text('Check convex', '检验凸性'),
  doc: text(
    'A function is convex where the smallest eigenvalue of its Hessian is nowhere below 0. Measured is the least of these over a sample of points: drawn once for a run with every coordinate in ±radius, or those on the wire “points”. Found below 0 it proves that the function is not convex; a sample proves nothing else.',
    '若黑塞矩阵的最小特征值处处不小于 0，函数即为凸。测得的是它在一批样点上的最小值：样点在一次运行中抽取一次，各坐标在 ±半径之内；也可由 “样点” 接入。若小于 0，则证明函数非凸；除此之外抽样不能证明什么。',
  ),
  glyph: '✓',
  params: z.object({
    expects: z
      .enum(['convex', 'not convex'])
      .default('convex')
      .meta({
        label: text('Expects', '预期'),
        options: { convex: text('convex', '凸'), 'not convex': text('not convex', '非凸') },
      }),
    count: z
      .int()
      .min(1)
      .max(100_000)
      .default(64)
      .meta({ label: text('Points', '点数') }),
    radius: z
      .number()
      .positive()
      .default(2)
      .meta({ label: text('Radius', '半径') }),
    steps: z
      .int()
      .min(1)
      .max(10_000)
      .default(40)
      .meta({ label: text('Steps', '步数'), doc: text('Of power iteration', '幂迭代的步数') }),
    tolerance: z
      .number()
      .positive()
      .default(1e-6)
      .meta({ label: text('Tolerance', '容差') }),
  }),
  inputs: [
    { name: 'of', title: text('of', '函数') },
    { name: 'by', title: text('by', '变量') },
    { name: 'points', title: text('points', '样点'), optional: true },
  ],
  outputs: [],
  summary: ({ expects }) => (expects === 'convex' ? 'λ ≥ 0' : 'λ < 0'),
  evaluates: { of: 'of', by: ['by'], times: 16 },
  infer(context) {
    const { inputs, report } = context;
    const [of, by] = [inputs.of?.axes ?? [], inputs.by?.axes ?? []];
    const names = (axes: typeof of) => axes.map(({ name }) => name).join(', ') || '–';
    if (of.length > 0) report('not-scalar', { port: 'of' }, { what: 'of', axes: names(of) });
    const points = inputs.points?.axes;
    if (points && points.length !== by.length + 1) {
      const told = { what: 'points', actual: points.length, axes: names(points), expected: by.length + 1 };
      report('rank-mismatch', { port: 'points' }, told);
    } else if (points) meetInOrder(context, by, points.slice(1), 'points');
    return {};
  },
  lower({ params, inputs, inputTypes, ir, drawn, check, function: functionOf }) {
    const f = functionOf('of', ['by']);
    const shape = shapeOf(inputTypes.by);
    const size = elements(shape);
    const { count, radius, steps, tolerance } = params;
    // One draw: the points, and where the power iterations start.
    const numbers = drawn('uniform', [count + 1, size]);
    const start = ir.reshape(ir.part(numbers, 0, count, 1), [size]);
    const points =
      inputs.points ?? ir.scale(ir.reshape(ir.part(numbers, 0, 0, count), [count, ...shape]), radius);
    const { outs } = scan(ir, {
      length: ir.shape(points)[0] as number,
      carries: [],
      rows: [points],
      constants: [start, ...f.captured],
      body(inner, _, [x = 0], [from = 0, ...captured]) {
        const times = hessian(inner, f, [x], captured);
        const { value } = extremeEigenvalue(inner, times, { which: 'smallest', start: from, steps });
        return { carries: [], outs: [value] };
      },
    });
    const least = ir.reduce('min', outs[0] as ValueId, [0]);
    // Not convex: below 0 by the tolerance at least.
    const beyond = params.expects === 'convex' ? e.neg(arg(0)) : e.add(arg(0), number(2 * tolerance));
    const residual = ir.map([least], binary('max', beyond, number(0)));
    check({ value: least, theory: ir.full([], 0), residual, tolerance: ir.full([], tolerance) });
    return {};
  },
  torch({ params, inputs, inputTypes, let: assign, drawn, helper, check, function: functionOf }) {
    const { count, radius, steps, tolerance, expects } = params;
    const shape = shapeOf(inputTypes.by);
    const numbers = drawn('uniform', [count + 1, elements(shape)]);
    const drawnPoints = `${pythonNumber(radius)} * ${numbers}[:${count}].reshape(${[count, ...shape].join(', ')})`;
    const points = inputs.points ?? assign('points', drawnPoints);
    helper(torchHessian);
    const f = functionOf('of', ['by']);
    const eigenvalue = `${helper(torchPowerIteration)}(hessian(${f}, [x]), ${numbers}[${count}], ${steps}, -1)[0]`;
    const least = assign('least', `torch.stack([${eigenvalue} for x in ${points}]).min()`);
    const beyond = expects === 'convex' ? `-${least}` : `${least} + ${pythonNumber(2 * tolerance)}`;
    const residual = `torch.clamp(${beyond}, min=0)`;
    check({ value: least, theory: '0.0', residual, tolerance: pythonNumber(tolerance) });
    return {};
  },
  examples: [
    {
      // numpy.linalg.eigvalsh, as the others
      params: { count: 3 },
      ...quadratic([1, -0.5], [3, 0.5, 0.5, 1]),
      expect: {},
      check: { value: 0.8819660112501051, theory: 0, residual: 0, met: true },
    },
    {
      // All eigenvalues are one: the shifted Hessian is 0.
      params: { count: 2 },
      ...quadratic([1, -0.5], [2, 0, 0, 2]),
      expect: {},
      check: { value: 2, theory: 0, residual: 0, met: true },
    },
    {
      params: { count: 3 },
      ...indefinite,
      expect: {},
      check: { value: -3.0615528128088303, theory: 0, residual: 3.0615528128088303, met: false },
    },
    {
      params: { expects: 'not convex' },
      ...indefinite,
      inputs: { ...indefinite.inputs, points: { axes: 'n 2, i 2', values: [0, 0, 1, 1] } },
      expect: {},
      check: { value: -3.0615528128088303, theory: 0, residual: 0, met: true },
    },
  ],
});
