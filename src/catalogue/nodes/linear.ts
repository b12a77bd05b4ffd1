/** A fully connected layer. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { type Axis, defineNode } from '../define.ts';
import { matrixAt, shapeOf } from '../given.ts';
import { meetAxes } from '../meeting.ts';
import { withLast } from '../named-axes.ts';
import { optionalPorts } from '../optional-ports.ts';
import * as params from '../params.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

const weightPort = optionalPorts([{ name: 'weight', title: text('weight', '权重') }]);

export const linear = defineNode({
  type: 'linear',
  category: 'layer',
  title: text('Linear', '线性层'),
  doc: text(
    'y[…, o] = Σᵢ x[…, i] W[i, o] + b[o]. The width of x comes from the wire; W and b begin even in ±1/√width, as in PyTorch. A matrix [i, o] that is wired to weight stands for W: of a Parameter that others share, or computed.',
    'y[…, o] = Σᵢ x[…, i] W[i, o] + b[o]。x 的宽度由连线推出；W 与 b 的初值均匀分布于 ±1/√宽度，同 PyTorch。接到“权重”的矩阵 [i, o] 代替 W：可以是与他处共用的“参数”，也可以是算出来的。',
  ),
  glyph: '▥',
  params: z.object({
    units: params.size
      .default(32)
      .meta({ label: text('Units', '单元数'), doc: text('Size of the output index', '输出指标的大小') }),
    name: params.indexName.default('h').meta({ label: text('Output index', '输出指标名') }),
    bias: z
      .boolean()
      .default(true)
      .meta({ label: text('Bias', '偏置') }),
    ports: weightPort.param,
  }),
  inputs: (context) => [{ name: 'x' }, ...weightPort.shown(context)],
  outputs: [{ name: 'y' }],
  summary: ({ units, name }, wired) => (wired.includes('weight') ? `x W, ${name}` : `${name} = ${units}`),
  infer(context) {
    const { params, inputs, size, report } = context;
    // Read also where a weight from a wire decides: a name that is declared nowhere is told.
    const written = size(params.units, 'units');
    const axes = inputs.x?.axes ?? [];
    if (axes.length === 0) {
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
      return {};
    }
    expectQuantities(context, 'x');
    const shared = matrixAt(context, 'weight');
    if (shared === 'wrong') return {};
    const width = axes.at(-1) as Axis;
    if (shared) meetAxes(context, { axis: width, axes }, { axis: shared[0], axes: shared }, 'weight');
    const units = { name: params.name, size: shared?.[1].size ?? written };
    return { y: { axes: withLast(context, axes.slice(0, -1), units), valueKind: continuous } };
  },
  lower({ params: { bias }, inputs, inputTypes, outputTypes, ir, parameter }) {
    const [input, output] = [shapeOf(inputTypes.x), shapeOf(outputTypes.y)];
    const [wide, units] = [input.at(-1) as number, output.at(-1) as number];
    // PyTorch's default for torch.nn.Linear: even in ±1/√(input width).
    const init = { kind: 'uniform', scale: 1 / Math.sqrt(wide) } as const;
    const weight = inputs.weight ?? parameter('weight', [wide, units], init);
    const all = input.map((_, d) => d);
    const last = all.length - 1;
    const product = ir.contract(
      [inputs.x as ValueId, weight],
      [all, [last, last + 1]],
      [...all.slice(0, -1), last + 1],
    );
    if (!bias) return { y: product };
    return { y: ir.map([product, parameter('bias', [units], init)], e.add(arg(0), arg(1)), [all, [last]]) };
  },
  torch({ params: { bias }, inputs, inputTypes, outputTypes, module, parameter }) {
    const [wide, units] = [inputTypes.x, outputTypes.y].map((type) => shapeOf(type).at(-1) as number) as [
      number,
      number,
    ];
    if (inputs.weight !== undefined) {
      const init = { kind: 'uniform', scale: 1 / Math.sqrt(wide) } as const;
      const shift = bias ? `, ${parameter('bias', [units], init)}` : '';
      return { y: `F.linear(${inputs.x}, ${inputs.weight}.T${shift})` };
    }
    const linear = module(`nn.Linear(${wide}, ${units}${bias ? '' : ', bias=False'})`, {
      weight: { of: 'weight', axes: [1, 0] },
      ...(bias && { bias: { of: 'bias' } }),
    });
    return { y: `${linear}(${inputs.x})` };
  },
  adapt({ has, wanted }) {
    const [from, to] = [has.at(-1), wanted?.at(-1)];
    // A layer belongs where there are many rows, not between given tensors.
    if (!has.some((axis) => /\D/.test(axis.written)) || has.length < 2) return [];
    if (!from || to?.size === undefined || /\D/.test(to.written) || from.size === to.size) return [];
    return [{ params: { units: to.size, name: to.name }, does: text('Insert a Linear', '插入“线性层”') }];
  },
  learns: ({ bias }, wired) => bias || !wired.includes('weight'),
  learnedAxes: ({ bias }, { x, weight }, { y }) => [
    ...(weight ? [] : (x?.axes.slice(-1) ?? [])),
    ...(weight && !bias ? [] : (y?.axes.slice(-1) ?? [])),
  ],
  examples: [
    {
      // torch.nn.functional.linear(x, W.T, b)
      params: { units: 3 },
      inputs: { x: { axes: 'b 2, i 2', values: [1, -2, 0.5, 3] } },
      state: { weight: [0.2, -0.5, 1, 0.7, 0.3, -0.4], bias: [0.1, -0.2, 0.3] },
      expect: { y: { axes: 'b 2, h 3', values: [-1.1, -1.3, 2.1, 2.3, 0.45, -0.4] } },
    },
    {
      // torch.nn.functional.linear(x, weight.T, b)
      inputs: {
        x: { axes: 'b 2, i 2', values: [1, -2, 0.5, 3] },
        weight: { axes: 'j 2, o 3', values: [0.2, -0.5, 1, 0.7, 0.3, -0.4] },
      },
      state: { bias: [0.1, -0.2, 0.3] },
      expect: { y: { axes: 'b 2, h 3', values: [-1.1, -1.3, 2.1, 2.3, 0.45, -0.4] } },
    },
    {
      params: { units: 3 },
      inputs: { x: { axes: 'batch 4, i 2' } },
      expect: { y: { axes: 'batch 4, h 3' } },
    },
    {
      params: { units: 2, bias: false, name: 'o' },
      inputs: { x: { axes: 'b 2, t 3, i 5' } },
      expect: { y: { axes: 'b 2, t 3, o 2' } },
    },
    { params: { units: 2 }, inputs: { x: { axes: 'i 3' } }, expect: { y: { axes: 'h 2' } } },
  ],
});
