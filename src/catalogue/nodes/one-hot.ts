/** A class number as a row that is 1 in one place: the form in which classes can be computed with. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { withLast } from '../named-axes.ts';
import * as params from '../params.ts';
import { expectClasses, expectIndices } from '../value-kinds.ts';

export const oneHot = defineNode({
  type: 'one-hot',
  category: 'math',
  title: text('One-hot', '独热'),
  doc: text(
    'y[…, c] = 1 where c is the number x[…], else 0. Whole numbers that are no class give zeros alone; others are no label and give NaN.',
    'y[…, c] 在 c 等于编号 x[…] 处为 1，其余为 0。不是类别的整数得到全 0；其他数不是标签，得到 NaN。',
  ),
  glyph: '⌶',
  params: z.object({
    classes: params.size
      .default(10)
      .meta({ label: text('Classes', '类别数'), doc: text('Size of the output index', '输出指标的大小') }),
    name: params.indexName.default('c').meta({ label: text('Output index', '输出指标名') }),
  }),
  inputs: [{ name: 'x', meaning: 'labels' }],
  outputs: [{ name: 'y' }],
  summary: ({ classes, name }) => `${name} = ${classes}`,
  infer(context) {
    const { params: written, inputs, size } = context;
    const classes = size(written.classes, 'classes');
    expectIndices(context, 'x', typeof written.classes === 'number' ? written.classes : undefined);
    expectClasses(context, 'x', asNumber(classes));
    return { y: { axes: withLast(context, inputs.x?.axes ?? [], { name: written.name, size: classes }) } };
  },
  lower({ inputs, outputTypes, ir }) {
    const shape = shapeOf(outputTypes.y);
    const last = shape.length - 1;
    const rows = shape.slice(0, -1).map((_, d) => d);
    const places = ir.iota(shape[last] as number);
    const isWhole = binary('eq', unary('floor', arg(1)), arg(1));
    const hot = select(isWhole, binary('eq', arg(0), arg(1)), number(Number.NaN));
    return { y: ir.map([places, inputs.x as ValueId], hot, [[last], rows], shape) };
  },
  detached: ['x'],
  adapt({ wanted, classes }) {
    const target = wanted?.at(-1);
    if (classes === undefined) return [];
    const name = target?.size === classes ? target.name : 'c';
    return [{ params: { classes, name }, does: text('Insert a One-hot', '插入“独热”') }];
  },
  torch: ({ inputs, outputTypes }) => ({
    y: `(${inputs.x}.unsqueeze(-1) == torch.arange(${shapeOf(outputTypes.y).at(-1)}, device=${inputs.x}.device)).to(${inputs.x}.dtype)`,
  }),
  examples: [
    {
      params: { classes: 3 },
      inputs: { x: { axes: 'b 2', values: [2, 0] } },
      expect: { y: { axes: 'b 2, c 3', values: [0, 0, 1, 1, 0, 0] } },
      notDifferentiable: ['x'],
    },
    {
      params: { classes: 2, name: 'k' },
      inputs: { x: { axes: '', values: [5] } },
      expect: { y: { axes: 'k 2', values: [0, 0] } },
      notDifferentiable: ['x'],
    },
  ],
});
