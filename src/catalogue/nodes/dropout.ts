/** Forgets elements at random while training. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';

export const dropout = defineNode({
  type: 'dropout',
  category: 'layer',
  title: text('Dropout', 'Dropout'),
  // N. Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15 (2014).
  doc: text(
    'While training, each element is 0 with probability p, and the others are divided by 1 − p. At all other times y = x.',
    '训练时，每个元素以概率 p 置 0，其余除以 1 − p；其他时候 y = x。',
  ),
  glyph: '░',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .max(0.99)
      .default(0.2)
      .meta({ label: text('Probability p', '概率 p') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ rate }) => `p = ${rate}`,
  infer: ({ inputs }) => (inputs.x ? { y: inputs.x } : {}),
  lower({ params: { rate }, inputs, ir, random, training }) {
    const x = inputs.x as number;
    if (!training || rate === 0) return { y: x };
    const kept = e.mul(binary('le', number(rate), arg(1)), number(1 / (1 - rate)));
    return { y: ir.map([x, random(ir.shape(x))], e.mul(arg(0), kept)) };
  },
  torch: ({ params: { rate }, inputs, module }) => ({ y: `${module(`nn.Dropout(${rate})`)}(${inputs.x})` }),
  examples: [
    {
      inputs: { x: { axes: 'b 2, i 2', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'b 2, i 2', values: [1, 2, 3, 4] } },
    },
  ],
});
