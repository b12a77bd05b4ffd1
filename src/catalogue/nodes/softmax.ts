/** Positive numbers that sum to 1 along the last axis. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { expectNoBatch, expectSeveral, roles } from '../axis-roles.ts';
import { defineNode } from '../define.ts';
import { softmaxAlongLast } from '../log-sum-exp.ts';
import { expectQuantities } from '../value-kinds.ts';

export const softmax = defineNode({
  type: 'softmax',
  category: 'layer',
  title: text('Softmax', 'Softmax'),
  doc: text(
    'Along the last axis: yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ), a probability for each class.',
    '沿最后一个轴：yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)，即各类的概率。',
  ),
  glyph: '∝',
  params: z.object({}),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: () => 'eˣ / Σ eˣ',
  infer(context) {
    const { inputs, report } = context;
    expectQuantities(context, 'x');
    const along = inputs.x?.axes.slice(-1) ?? [];
    expectNoBatch(context, 'x', along[0], roles.classes);
    expectSeveral(context, 'x', along, text('the softmax is 1', 'softmax 恒为 1'));
    if (inputs.x?.axes.length) return { y: { axes: inputs.x.axes, valueKind: { kind: 'probabilities' } } };
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
    return {};
  },
  lower: ({ inputs, ir }) => ({ y: softmaxAlongLast(ir, inputs.x as number) }),
  torch: ({ inputs }) => ({ y: `F.softmax(${inputs.x}, dim=-1)` }),
  examples: [
    {
      // torch.nn.functional.softmax(x, -1)
      inputs: { x: { axes: 'b 2, c 3', values: [1, 2, 0.5, -1, 0, 3] } },
      expect: {
        y: {
          axes: 'b 2, c 3',
          values: [
            0.23122389762214907, 0.6285317192117624, 0.14024438316608848, 0.017147825545520388,
            0.0466126225779739, 0.9362395518765058,
          ],
        },
      },
    },
    { inputs: { x: { axes: 'c 2', values: [0, 0] } }, expect: { y: { axes: 'c 2', values: [0.5, 0.5] } } },
    {
      inputs: { x: { axes: 'b 1, c 2', values: [1000, 1000 + Math.log(3)] } },
      expect: { y: { axes: 'b 1, c 2', values: [0.25, 0.75] } },
    },
  ],
});
