/** The Kronecker delta: glue between indices. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { twice as namedTwice } from '../../tensor/axes-text.ts';
import { defineNode } from '../define.ts';
import * as params from '../params.ts';

const torchDelta = `def delta(size, rank):
    """1 where all indices are equal, else 0."""
    out = torch.zeros((size,) * rank)
    out[(torch.arange(size),) * rank] = 1.0
    return out`;

export const delta = defineNode({
  type: 'delta',
  category: 'tensor',
  title: text('Delta', 'δ 张量'),
  doc: text(
    'δ is 1 where all its indices are equal, else 0. Contracted with others it only ties indices together: it never becomes numbers, and what lies off its diagonal is left out, NaN too, not multiplied by 0.',
    '所有指标相等时 δ 为 1，否则为 0。与其他张量收缩时，它只把指标系在一起，从不变成数字；对角线以外的元素（包括 NaN）被略去，而不是乘以 0。',
  ),
  glyph: 'δ',
  drawing: 'delta',
  params: z.object({
    axes: z
      .array(params.indexName)
      .min(1)
      .max(16)
      .default(['i', 'j'])
      .meta({
        label: text('Indices', '指标'),
        doc: text('The indices it ties together', '它系在一起的指标'),
        widget: 'names',
      }),
    size: params.size.optional().meta({
      label: text('Size', '大小'),
      doc: text('Leave empty to learn it from the wires', '留空则由连线推出'),
    }),
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ axes }) => `δ ${axes.join(' ')}`,
  infer({ params: { axes, size: written }, size, fresh, report }) {
    const twice = axes.find((name, d) => axes.indexOf(name) !== d);
    if (twice !== undefined)
      report('bad-param', { param: 'axes', axis: twice }, { param: 'axes', detail: namedTwice(twice) });
    const common = written === undefined ? fresh() : size(written, 'size');
    return { out: { axes: axes.map((name) => ({ name, size: common })) } };
  },
  lower: ({ outputTypes, ir }) => ({
    out: ir.delta(outputTypes.out?.axes.length ?? 0, outputTypes.out?.axes[0]?.size ?? 1),
  }),
  torch({ outputTypes, constant, helper }) {
    const [rank, size] = [outputTypes.out?.axes.length ?? 0, outputTypes.out?.axes[0]?.size ?? 1];
    if (rank === 1) return { out: constant('', `torch.ones(${size})`) };
    if (rank === 2) return { out: constant('', `torch.eye(${size})`) };
    return { out: constant('', `${helper(torchDelta)}(${size}, ${rank})`) };
  },
  examples: [
    { params: { axes: ['i', 'j'], size: 2 }, expect: { out: { axes: 'i 2, j 2', values: [1, 0, 0, 1] } } },
    {
      params: { axes: ['i', 'j', 'k'], size: 2 },
      expect: { out: { axes: 'i 2, j 2, k 2', values: [1, 0, 0, 0, 0, 0, 0, 1] } },
    },
  ],
});
