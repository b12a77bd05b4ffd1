/** Adds to each place of a sequence what tells places apart. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { anglesOf, frequencies } from '../angles.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

/** The wavelengths go from 2π to this times 2π. */
const base = 10_000;

const sinusoids = `def sinusoidal_positions(length, width):
    """sin and cos of t / 10000^(2i / width), in turn: arXiv 1706.03762, section 3.5."""
    i = torch.arange(width)
    angle = torch.arange(length)[:, None] * 10000.0 ** (-2 * (i // 2) / width).to(torch.get_default_dtype())
    return torch.where(i % 2 == 0, angle.sin(), angle.cos())`;

export const positions = defineNode({
  type: 'positions',
  category: 'layer',
  title: text('Positions', '位置编码'),
  doc: text(
    'y[…, t, d] = x[…, t, d] + P[t, d]: attention sees no order, this gives each place a mark. Learned: a table. Sinusoidal: P[t, 2i] = sin(t / 10000^(2i/D)), P[t, 2i+1] = cos(…).',
    'y[…, t, d] = x[…, t, d] + P[t, d]：注意力看不到次序，这给每个位置一个标记。学习：一张表。正弦：P[t, 2i] = sin(t / 10000^(2i/D))，P[t, 2i+1] = cos(…)。',
  ),
  glyph: '№',
  params: z.object({
    kind: z
      .enum(['learned', 'sinusoidal'])
      .default('learned')
      .meta({
        label: text('Kind', '种类'),
        options: { learned: text('Learned', '学习'), sinusoidal: text('Sinusoidal', '正弦') },
      }),
    scale: z
      .number()
      .min(0)
      .default(0.02)
      .meta({
        label: text('Start', '初值'),
        doc: text('Standard deviation of learned ones to begin with', '所学位置初值的标准差'),
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ kind }) => (kind === 'learned' ? 'x + P' : 'x + sin, cos'),
  infer(context) {
    const { inputs, report } = context;
    const axes = inputs.x?.axes ?? [];
    if (axes.length < 2) {
      const names = axes.map((a) => a.name).join(', ') || '–';
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: names, expected: 2 });
      return {};
    }
    expectQuantities(context, 'x');
    expectNoBatch(context, 'x', axes.at(-2), roles.places);
    return { y: { axes, valueKind: continuous } };
  },
  lower({ params: { kind, scale }, inputs, inputTypes, ir, parameter }) {
    const shape = shapeOf(inputTypes.x);
    const [length, width] = shape.slice(-2) as [number, number];
    const all = shape.map((_, d) => d);
    const table =
      kind === 'learned' ? parameter('weight', [length, width], { kind: 'normal', scale }) : sinusoidal();
    return { y: ir.map([inputs.x as ValueId, table], e.add(arg(0), arg(1)), [all, all.slice(-2)]) };

    function sinusoidal(): ValueId {
      const pairs = Math.ceil(width / 2);
      const { sin, cos } = anglesOf(ir, length, frequencies(pairs, width, base));
      const [one, other] = [sin, cos].map((x) => ir.reshape(x, [length, pairs, 1])) as [ValueId, ValueId];
      return ir.part(ir.reshape(ir.concat([one, other], 2), [length, 2 * pairs]), 1, 0, width);
    }
  },
  torch({ params: { kind, scale }, inputs, inputTypes, parameter, helper, length }) {
    const { x } = inputs;
    const shape = shapeOf(inputTypes.x);
    if (kind === 'learned')
      return { y: `${x} + ${parameter('weight', shape.slice(-2), { kind: 'normal', scale })}` };
    const sizes = [shape.length - 2, shape.length - 1].map((axis) => length('x', axis)).join(', ');
    return { y: `${x} + ${helper(sinusoids)}(${sizes}).to(${x})` };
  },
  learns: ({ kind }) => kind === 'learned',
  learnedAxes: ({ kind }, { x }) => (kind === 'learned' ? (x?.axes.slice(-2) ?? []) : []),
  examples: [
    {
      // torch: x + P with P[t, 2i] = torch.sin(t / 10000 ** (2i / 3)), P[t, 2i + 1] = torch.cos(…)
      params: { kind: 'sinusoidal' },
      inputs: { x: { axes: 't 3, d 3', values: [0, 0, 0, 1, -1, 2, 0.5, 0.25, -0.5] } },
      expect: {
        y: {
          axes: 't 3, d 3',
          values: [
            0.0, 1.0, 0.0, 1.8414709848078965, -0.45969769413186023, 2.0021544330233656, 1.4092974268256817,
            -0.1661468365471424, -0.4956911439532572,
          ],
        },
      },
    },
    {
      // torch.sin(torch.arange(66))
      params: { kind: 'sinusoidal' },
      notDifferentiable: ['x'],
      inputs: { x: { axes: 't 66, d 1', values: Array.from({ length: 66 }, () => 0) } },
      expect: {
        y: {
          axes: 't 66, d 1',
          values: [
            0.0, 0.8414709848078965, 0.9092974268256817, 0.1411200080598672, -0.7568024953079282,
            -0.9589242746631385, -0.27941549819892586, 0.6569865987187891, 0.9893582466233818,
            0.4121184852417566, -0.5440211108893698, -0.9999902065507035, -0.5365729180004349,
            0.4201670368266409, 0.9906073556948704, 0.6502878401571168, -0.2879033166650653,
            -0.9613974918795568, -0.750987246771676, 0.14987720966295234, 0.9129452507276277,
            0.8366556385360561, -0.008851309290403876, -0.8462204041751706, -0.9055783620066239,
            -0.13235175009777303, 0.7625584504796027, 0.956375928404503, 0.27090578830786904,
            -0.6636338842129675, -0.9880316240928618, -0.404037645323065, 0.5514266812416906,
            0.9999118601072672, 0.5290826861200238, -0.428182669496151, -0.9917788534431158,
            -0.6435381333569995, 0.2963685787093853, 0.9637953862840878, 0.7451131604793488,
            -0.158622668804709, -0.9165215479156338, -0.8317747426285983, 0.017701925105413577,
            0.8509035245341184, 0.9017883476488092, 0.123573122745224, -0.7682546613236668,
            -0.9537526527594719, -0.26237485370392877, 0.6702291758433747, 0.9866275920404853,
            0.39592515018183416, -0.5587890488516163, -0.9997551733586199, -0.5215510020869119,
            0.43616475524782494, 0.9928726480845371, 0.6367380071391379, -0.3048106211022167,
            -0.9661177700083929, -0.7391806966492228, 0.16735570030280691, 0.9200260381967906,
            0.8268286794901034,
          ],
        },
      },
    },
    {
      // x + torch.nn.Embedding(2, 2).weight
      inputs: { x: { axes: 'b 2, t 2, d 2', values: [1, 2, 3, 4, 5, 6, 7, 8] } },
      state: { weight: [0.5, -0.5, 0.25, 1] },
      expect: { y: { axes: 'b 2, t 2, d 2', values: [1.5, 1.5, 3.25, 5, 5.5, 5.5, 7.25, 9] } },
    },
  ],
});
