/** The straight line through points, or the power law: its slope is the exponent. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber, product } from '../../tensor/size.ts';
import { defineNode, type InferContext } from '../define.ts';
import { refuseInput } from '../expectations.ts';
import { meetInOrder } from '../meeting.ts';
import { continuous } from '../value-kinds.ts';

/** Points of which it is known that no line goes through them. */
function refuseDegenerate(context: InferContext<{ readonly scale: 'linear' | 'log-log' }>): void {
  const { params, inputs } = context;
  const count = asNumber(product((inputs.x?.axes ?? []).map(({ size }) => size)));
  if (count === 1)
    refuseInput(context, 'x', text('a line goes through at least two points', '一条直线至少需要两个点'));
  else if (inputs.x?.written?.length === 1)
    refuseInput(
      context,
      'x',
      text('all are the same, and a vertical line has no slope', '全都相同，竖直线没有斜率'),
    );
  for (const port of params.scale === 'log-log' ? ['x', 'y'] : [])
    if (inputs[port]?.written?.some((value) => value <= 0))
      refuseInput(context, port, text('logarithms are of numbers above 0', '取对数的数须大于 0'));
}

export const slopeFit = defineNode({
  type: 'slope-fit',
  category: 'math',
  title: text('Slope', '斜率拟合'),
  doc: text(
    'The line of least squares through points: slope = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)², intercept = ȳ − slope · x̄. In logarithms of both, y ∝ xᵏ is a straight line and its slope is the exponent k.',
    '过各点的最小二乘直线：斜率 = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)²，截距 = ȳ − 斜率 · x̄。两者取对数时，y ∝ xᵏ 成为直线，斜率就是指数 k。',
  ),
  glyph: '↗',
  params: z.object({
    scale: z
      .enum(['linear', 'log-log'])
      .default('log-log')
      .meta({
        label: text('Scale', '坐标'),
        options: {
          linear: text('y over x', 'y 对 x'),
          'log-log': text('log y over log x', 'log y 对 log x'),
        },
      }),
  }),
  inputs: [{ name: 'x' }, { name: 'y' }],
  outputs: [
    { name: 'slope', title: text('slope', '斜率') },
    { name: 'intercept', title: text('intercept', '截距') },
  ],
  summary: ({ scale }) => (scale === 'linear' ? 'Δy / Δx' : 'Δ ln y / Δ ln x'),
  notFinite: text(
    'x must not be the same at all points, and logarithms are of numbers above 0',
    '各点的 x 不能全同，取对数的数须大于 0',
  ),
  infer(context) {
    const { inputs, report } = context;
    const [x, y] = [inputs.x?.axes ?? [], inputs.y?.axes ?? []];
    if (x.length !== y.length) {
      const axes = y.map(({ name }) => name).join(', ') || '–';
      report('rank-mismatch', { port: 'y' }, { what: 'y', actual: y.length, axes, expected: x.length });
      return {};
    }
    meetInOrder(context, x, y, 'y');
    refuseDegenerate(context);
    const scalar = { axes: [], valueKind: continuous };
    return { slope: scalar, intercept: scalar };
  },
  lower({ params: { scale }, inputs, ir }) {
    const [x = 0, y = 0] = [inputs.x, inputs.y].map((value) =>
      scale === 'linear' ? (value as ValueId) : ir.apply('log', value as ValueId),
    );
    const all = ir.shape(x).map((_, d) => d);
    const [meanX, meanY] = [ir.mean(x), ir.mean(y)];
    const centred = (value: ValueId, mean: ValueId) =>
      ir.map([value, mean], e.sub(arg(0), arg(1)), [all, []]);
    const [dx, dy] = [centred(x, meanX), centred(y, meanY)];
    const product = (a: ValueId, b: ValueId) => ir.contract([a, b], [all, all], []);
    const slope = ir.map([product(dx, dy), product(dx, dx)], e.div(arg(0), arg(1)));
    const intercept = ir.map([meanY, slope, meanX], e.sub(arg(0), e.mul(arg(1), arg(2))));
    return { slope, intercept };
  },
  torch({ params: { scale }, inputs, let: assign }) {
    const [x, y] = ['x', 'y'].map((port) =>
      scale === 'linear' ? (inputs[port] as string) : assign(`log_${port}`, `torch.log(${inputs[port]})`),
    );
    const dx = assign('dx', `${x} - ${x}.mean()`);
    const slope = assign('slope', `(${dx} * (${y} - ${y}.mean())).sum() / (${dx} ** 2).sum()`);
    return { slope, intercept: `${y}.mean() - ${slope} * ${x}.mean()` };
  },
  examples: [
    {
      // numpy.polyfit(x, y, 1)
      params: { scale: 'linear' },
      inputs: { x: { axes: 'i 4', values: [0, 1, 2, 4] }, y: { axes: 'i 4', values: [1, 2.5, 2, 6] } },
      expect: {
        slope: { axes: '', values: [1.1857142857142857] },
        intercept: { axes: '', values: [0.8] },
      },
    },
    {
      // numpy.polyfit(log(x), log(y), 1)
      inputs: {
        x: { axes: 'n 4', values: [0.5, 1, 2, 4] },
        y: { axes: 'n 4', values: [0.7, 2.9, 13, 45] },
      },
      expect: {
        slope: { axes: '', values: [2.0183665625379175] },
        intercept: { axes: '', values: [1.0703993639915748] },
      },
    },
  ],
});
