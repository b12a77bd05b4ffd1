/** Reduces a tensor along some of its axes, by a pattern. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { reduceOver, reductionNames, torchReduce } from '../reductions.ts';
import {
  inferRegrouping,
  merge,
  regroupingOf,
  regroupingParams,
  splitApart,
  torchRegrouping,
} from '../regrouping.ts';

export const reduce = defineNode({
  type: 'reduce',
  category: 'math',
  title: text('Reduce', '归约'),
  // A. Rogozhnikov, "Einops", ICLR 2022.
  doc: text(
    'The mean, sum, largest … over the indices that the right side of the pattern lacks: b t d -> b d. Patches: b (h u) (w v) -> b h w with u 2, v 2. Variance divides by the count.',
    '对模式右侧没有的指标取平均、求和、取最大……：b t d -> b d。按小块：b (h u) (w v) -> b h w，大小 u 2、v 2。方差除以个数。',
  ),
  glyph: 'Σ',
  params: z.object({
    ...regroupingParams('b t d -> b d'),
    reduction: z
      .enum(reductionNames)
      .default('mean')
      .meta({
        label: text('Reduction', '归约方式'),
        options: {
          sum: text('Sum', '求和'),
          mean: text('Mean', '平均'),
          max: text('Largest', '最大'),
          min: text('Smallest', '最小'),
          prod: text('Product', '乘积'),
          var: text('Variance', '方差'),
          std: text('Standard deviation', '标准差'),
        },
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ pattern, reduction }) => `${reduction}: ${pattern.replace('->', '→')}`,
  infer(context) {
    const axes = inferRegrouping(context, 'reduce');
    return axes ? { y: { axes } } : {};
  },
  lower({ params, inputs, inputTypes, ir, size }) {
    const grouping = regroupingOf(params, 'reduce', inputTypes.x, size);
    const { split, over } = splitApart(ir, inputs.x as ValueId, grouping);
    return { y: merge(ir, reduceOver(ir, params.reduction, split, over), grouping) };
  },
  torch({ params, inputs, inputTypes, size, length }) {
    const grouping = regroupingOf(params, 'reduce', inputTypes.x, size);
    const { split, over, rest } = torchRegrouping(grouping, inputTypes.x, (axis) => length('x', axis));
    return { y: `${torchReduce(params.reduction, `${inputs.x}${split}`, over)}${rest}` };
  },
  examples: [
    ...(
      [
        ['mean', [2.5, 0.5, 3, 1.5]],
        ['sum', [5, 1, 6, 3]],
        ['max', [4, 3, 5, 2]],
        ['min', [1, -2, 1, 1]],
        ['prod', [4, -6, 5, 2]],
        ['var', [2.25, 6.25, 4, 0.25]],
        ['std', [1.5, 2.5, 2, 0.5]],
      ] as const
    ).map(([reduction, values]) => ({
      // x.mean(1), x.sum(1), x.amax(1), x.amin(1), x.prod(1), x.var(1, unbiased=False), x.std(1, unbiased=False)
      params: { reduction },
      inputs: { x: { axes: 'b 2, t 2, d 2', values: [1, 3, 4, -2, 1, 1, 5, 2] } },
      expect: { y: { axes: 'b 2, d 2', values } },
    })),
    {
      // torch.nn.functional.max_pool2d(x[:, None], 2)[:, 0].permute(2, 0, 1)
      params: {
        pattern: 'b (h u) (w v) -> w b h',
        reduction: 'max',
        sizes: [
          { name: 'u', size: 2 },
          { name: 'v', size: 2 },
        ],
      },
      inputs: { x: { axes: 'b 1, h 2, w 4', values: [1, 2, 5, 3, 4, 0, -1, 8] } },
      expect: { y: { axes: 'w 2, b 1, h 1', values: [4, 8] } },
    },
    {
      params: { pattern: '... d -> ...', reduction: 'prod' },
      inputs: { x: { axes: 'b 2, d 3' } },
      expect: { y: { axes: 'b 2' } },
    },
  ],
});
