/** A tensor times a number. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { pythonNumber } from '../torch.ts';

export const scale = defineNode({
  type: 'scale',
  category: 'math',
  title: text('Scale', '缩放'),
  doc: text('Every element times one number: y = c · x.', '每个元素乘以同一个数：y = c · x。'),
  glyph: '↕',
  params: z.object({
    factor: z
      .number()
      .default(0.5)
      .meta({ label: text('Factor', '系数') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'out' }],
  summary: ({ factor }) => `${Number(factor.toPrecision(5))} · x`,
  infer: ({ inputs }) => (inputs.x ? { out: inputs.x } : {}),
  lower: ({ params, inputs, ir }) => ({ out: ir.scale(inputs.x as number, params.factor) }),
  torch: ({ params: { factor }, inputs }) => ({ out: `${pythonNumber(factor)} * ${inputs.x}` }),
  examples: [
    {
      params: { factor: -2 },
      inputs: { x: { axes: 'i 2', values: [1, 3] } },
      expect: { out: { axes: 'i 2', values: [-2, -6] } },
    },
    {
      params: { factor: 1 },
      inputs: { x: { axes: 'i 2', values: [1, 3] } },
      expect: { out: { axes: 'i 2', values: [1, 3] } },
    },
    {
      params: { factor: 0 },
      inputs: { x: { axes: 'i 2', values: [1, 3] } },
      expect: { out: { axes: 'i 2', values: [0, 0] } },
    },
  ],
});
