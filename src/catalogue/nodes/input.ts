/** A value that comes from outside the model, and a stand-in for it meanwhile. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { inferGiven, shapeOf } from '../given.ts';
import * as params from '../params.ts';

export const input = defineNode({
  type: 'input',
  category: 'data',
  title: text('Input', '输入'),
  doc: text(
    'A place where the model is given a tensor from outside. The values here stand in until then.',
    '模型从外部接收张量之处。此处的数值在那之前代替它。',
  ),
  glyph: '▷',
  params: z.object({ axes: params.axes.default([]), values: params.values.optional() }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ axes }) => axes.map((a) => a.name).join(' '),
  infer: (context) => inferGiven(context, context.params.values),
  lower: ({ params: { values }, outputTypes, feed }) => ({
    out: feed('out', shapeOf(outputTypes.out), values),
  }),
  standIn: 'values',
  torch: ({ params: { values }, outputTypes, feed }) => ({
    out: feed('out', shapeOf(outputTypes.out), values),
  }),
  examples: [
    {
      params: { axes: [{ name: 'i', size: 2 }], values: [4, 5] },
      expect: { out: { axes: 'i 2', values: [4, 5] } },
    },
    { params: { axes: [{ name: 'i', size: 3 }] }, expect: { out: { axes: 'i 3', values: [0, 0, 0] } } },
  ],
});
