/** A vector for each number: the table that turns tokens into something to compute with. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { matrixAt, shapeOf } from '../given.ts';
import { withLast } from '../named-axes.ts';
import { optionalPorts } from '../optional-ports.ts';
import * as params from '../params.ts';
import { continuous, expectChoices, expectIndices } from '../value-kinds.ts';

const weightPort = optionalPorts([{ name: 'weight', title: text('table', '表') }]);

export const embedding = defineNode({
  type: 'embedding',
  category: 'layer',
  title: text('Embedding', '嵌入'),
  doc: text(
    'y[…, d] = W[x[…], d]: row x of a table that is learned, normal of deviation 1 to begin with, as in PyTorch. A table that is wired to weight, [rows, units], stands for W. A number that is no row stops the run.',
    'y[…, d] = W[x[…], d]：所学表格的第 x 行，初值为标准差 1 的正态分布，同 PyTorch。接到“表”的张量 [行, 单元] 代替 W。不是行号的数会使运行停止。',
  ),
  glyph: '☷',
  weightForm: 'rows',
  params: z.object({
    count: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(10)
      .meta({
        label: text('Rows', '行数'),
        doc: text('How many different numbers there are', '不同编号的个数'),
      }),
    units: params.size
      .default(16)
      .meta({ label: text('Units', '单元数'), doc: text('Size of the output index', '输出指标的大小') }),
    name: params.indexName.default('d').meta({ label: text('Output index', '输出指标名') }),
    ports: weightPort.param,
  }),
  inputs: (context) => [{ name: 'x', meaning: 'labels' }, ...weightPort.shown(context)],
  outputs: [{ name: 'y' }],
  summary: ({ count, units, name }, wired) =>
    wired.includes('weight') ? `W[x, ${name}]` : `${count} → ${name} = ${units}`,
  infer(context) {
    const { params, inputs, size } = context;
    // Read also where a weight from a wire decides: a name that is declared nowhere is told.
    const written = size(params.units, 'units');
    const table = matrixAt(context, 'weight');
    if (table === 'wrong') return {};
    const rows = table ? asNumber(table[0].size) : params.count;
    expectIndices(context, 'x', rows);
    expectChoices(context, 'x', rows);
    const units = { name: params.name, size: table?.[1].size ?? written };
    return { y: { axes: withLast(context, inputs.x?.axes ?? [], units), valueKind: continuous } };
  },
  lower({ params: { count }, inputs, inputTypes, outputTypes, ir, parameter, chooses }) {
    const units = shapeOf(outputTypes.y).at(-1) as number;
    chooses('x', inputTypes.weight?.axes[0]?.size ?? count);
    // PyTorch's default for torch.nn.Embedding: normal with standard deviation 1.
    const table = inputs.weight ?? parameter('weight', [count, units], { kind: 'normal' });
    return { y: ir.gather(table, inputs.x as ValueId) };
  },
  torch({ params: { count }, inputs, outputTypes, module }) {
    const index = `${inputs.x}.long()`;
    if (inputs.weight !== undefined) return { y: `F.embedding(${index}, ${inputs.weight})` };
    const table = module(`nn.Embedding(${count}, ${shapeOf(outputTypes.y).at(-1)})`, {
      weight: { of: 'weight' },
    });
    return { y: `${table}(${index})` };
  },
  adapt: ({ classes }) =>
    classes === undefined
      ? []
      : [{ params: { count: classes }, does: text('Insert an Embedding', '插入“嵌入”') }],
  learns: (_, wired) => !wired.includes('weight'),
  learnedAxes: (_, { weight }, { y }) => (weight ? [] : (y?.axes.slice(-1) ?? [])),
  detached: ['x'],
  examples: [
    {
      // torch.nn.functional.embedding(x, W)
      params: { count: 3, units: 2 },
      inputs: { x: { axes: 't 3', values: [2, 0, 1] } },
      state: { weight: [0.1, 0.2, 1.1, 1.2, 2.1, 2.2] },
      expect: { y: { axes: 't 3, d 2', values: [2.1, 2.2, 0.1, 0.2, 1.1, 1.2] } },
      notDifferentiable: ['x'],
    },
    {
      // torch.nn.functional.embedding(x, weight)
      inputs: {
        x: { axes: 't 2', values: [2, 0] },
        weight: { axes: 'v 3, e 2', values: [0.1, 0.2, 1.1, 1.2, 2.1, 2.2] },
      },
      expect: { y: { axes: 't 2, d 2', values: [2.1, 2.2, 0.1, 0.2] } },
      notDifferentiable: ['x'],
    },
    {
      params: { count: 4, units: 3 },
      inputs: { x: { axes: 'b 2, t 3', values: [0, 3, 1, 1, 2, 0] } },
      expect: { y: { axes: 'b 2, t 3, d 3' } },
      notDifferentiable: ['x'],
    },
  ],
});
