/** A recurrent layer: the same weights for every term of a sequence. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, unary } from '../../ir/expr.ts';
import { scan } from '../../ir/scan.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { withLast } from '../named-axes.ts';
import * as params from '../params.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

export const recurrent = defineNode({
  type: 'recurrent',
  category: 'layer',
  title: text('Recurrent', '循环层'),
  // J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990); the weights of torch.nn.RNN.
  doc: text(
    'h[t] = tanh(x[t] W + h[t−1] U + b) along the last axis but one of x, with h = 0 before the first term. All of h is its output. W, U and b begin even in ±1/√units, as in PyTorch, which has a second bias.',
    'h[t] = tanh(x[t] W + h[t−1] U + b)，沿 x 的倒数第二个轴展开，起始 h = 0。输出为全部 h。W、U、b 的初值均匀分布于 ±1/√单元数，同 PyTorch（它另有一个偏置）。',
  ),
  glyph: '↻',
  params: z.object({
    units: params.size
      .default(16)
      .meta({ label: text('Units', '单元数'), doc: text('Size of the output index', '输出指标的大小') }),
    name: params.indexName.default('h').meta({ label: text('Output index', '输出指标名') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ units, name }) => `${name} = ${units}`,
  infer(context) {
    const { params, inputs, size, report } = context;
    const axes = inputs.x?.axes ?? [];
    if (axes.length < 2) {
      const shown = axes.map((a) => a.name).join(', ') || '–';
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: shown, expected: 2 });
      return {};
    }
    expectQuantities(context, 'x');
    expectNoBatch(context, 'x', axes.at(-2), roles.time);
    const units = { name: params.name, size: size(params.units, 'units') };
    return { y: { axes: withLast(context, axes.slice(0, -1), units), valueKind: continuous } };
  },
  lower({ inputs, inputTypes, outputTypes, ir, parameter }) {
    const input = shapeOf(inputTypes.x);
    const [wide, units] = [input.at(-1) as number, shapeOf(outputTypes.y).at(-1) as number];
    // PyTorch's default for torch.nn.RNN: even in ±1/√units.
    const init = { kind: 'uniform', scale: 1 / Math.sqrt(units) } as const;
    const weights = parameter('input', [wide, units], init);
    const feedback = parameter('hidden', [units, units], init);
    const bias = parameter('bias', [units], init);

    // Turns first, all other axes as one: [time, rows, features].
    const rank = input.length;
    const rows = input.slice(0, -2);
    const [time, count] = [input.at(-2) as number, rows.reduce((n, s) => n * s, 1)];
    const turnsFirst = ir.transpose(inputs.x as number, [rank - 2, ...rows.map((_, d) => d), rank - 1]);
    // What does not wait for the iteration before is one product for all of them.
    const driven = ir.einsum('tri,io->tro', ir.reshape(turnsFirst, [time, count, wide]), weights);
    const { outs } = scan(ir, {
      length: time,
      carries: [ir.full([count, units], 0)],
      rows: [ir.map([driven, bias], e.add(arg(0), arg(1)), [[0, 1, 2], [2]])],
      constants: [feedback],
      body: (inner, [hidden = 0], [drive = 0], [mix = 0]) => {
        const next = inner.map(
          [drive, inner.einsum('ri,io->ro', hidden, mix)],
          unary('tanh', e.add(arg(0), arg(1))),
        );
        return { carries: [next], outs: [next] };
      },
    });
    const course = ir.reshape(outs[0] as number, [time, ...rows, units]);
    return { y: ir.transpose(course, [...rows.map((_, d) => d + 1), 0, rank - 1]) };
  },
  learns: () => true,
  learnedAxes: (_, { x }, { y }) => [...(x?.axes.slice(-1) ?? []), ...(y?.axes.slice(-1) ?? [])],
  examples: [
    {
      // torch.nn.RNN(2, 2) with weight_ih = W.T, weight_hh = U.T, bias_ih = b, bias_hh = 0
      params: { units: 2 },
      inputs: { x: { axes: 't 3, i 2', values: [1, -0.5, 0.25, 2, -1, 0.5] } },
      state: { input: [0.3, -0.2, 0.8, 0.5], hidden: [0.1, -0.4, 0.6, 0.2], bias: [0.05, -0.1] },
      expect: {
        y: {
          axes: 't 3, h 2',
          values: [
            -0.04995837495788, -0.5005202111902353, 0.8895346612605046, 0.64685926455374, 0.5560307107055418,
            0.12293303532620313,
          ],
        },
      },
    },
    {
      params: { units: 3 },
      inputs: { x: { axes: 'b 2, t 4, i 2' } },
      expect: { y: { axes: 'b 2, t 4, h 3' } },
    },
    {
      params: { units: 2, name: 'o' },
      inputs: { x: { axes: 't 3, i 2' } },
      expect: { y: { axes: 't 3, o 2' } },
    },
  ],
});
