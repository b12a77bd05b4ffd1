/** All axes but the first as one. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { product } from '../../tensor/size.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import * as params from '../params.ts';

export const flatten = defineNode({
  type: 'flatten',
  category: 'layer',
  title: text('Flatten', '展平'),
  doc: text(
    'Keeps the first axis and makes one of all others, in row-major order.',
    '保留第一个轴，把其余轴按行优先合为一个。',
  ),
  glyph: '▬',
  params: z.object({
    name: params.indexName.default('p').meta({ label: text('Output index', '输出指标名') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ name }) => `→ ${name}`,
  infer(context) {
    const {
      params: { name },
      inputs,
      report,
    } = context;
    const [first, ...rest] = inputs.x?.axes ?? [];
    if (first === undefined || rest.length === 0) {
      report(
        'rank-mismatch',
        { port: 'x' },
        { what: 'x', actual: inputs.x?.axes.length ?? 0, axes: first?.name ?? '–', expected: 2 },
      );
      return {};
    }
    const axes = [first, { name, size: product(rest.map((a) => a.size)) }];
    for (const axis of rest) expectNoBatch(context, 'x', axis, roles.merged);
    return { y: { axes, written: inputs.x?.written } };
  },
  lower: ({ inputs, outputTypes, ir }) => ({ y: ir.reshape(inputs.x as number, shapeOf(outputTypes.y)) }),
  adapt: ({ has, wanted }) =>
    has.length > 2 && !wanted
      ? [{ params: {}, keepsNumbers: true, does: text('Insert a Flatten', '插入“展平”') }]
      : [],
  torch: ({ inputs }) => ({ y: `${inputs.x}.flatten(1)` }),
  examples: [
    { inputs: { x: { axes: 'batch 2, h 3, w 4' } }, expect: { y: { axes: 'batch 2, p 12' } } },
    {
      inputs: { x: { axes: 'b 1, i 2, j 2', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'b 1, p 4', values: [1, 2, 3, 4] } },
    },
  ],
});
