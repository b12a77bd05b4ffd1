/** Random numbers, drawn anew in every step. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import { inferGiven, shapeOf } from '../given.ts';
import { gaussian } from '../noise.ts';
import * as params from '../params.ts';
import { pythonNumber, tuple } from '../torch.ts';
import { continuous } from '../value-kinds.ts';

export const noise = defineNode({
  type: 'noise',
  category: 'tensor',
  title: text('Noise', '噪声'),
  doc: text(
    'Random numbers drawn anew in every step; the run’s seed, the step and this node decide them, so a run can be repeated.',
    '每一步重新抽取的随机数；由种子、步数与本节点决定，因此可以复现。',
  ),
  glyph: 'ξ',
  params: z.object({
    axes: params.axes.default([]),
    distribution: z
      .enum(['normal', 'uniform'])
      .default('normal')
      .meta({
        label: text('Distribution', '分布'),
        options: { normal: text('Normal', '正态'), uniform: text('Even', '均匀') },
      }),
    scale: z
      .number()
      .positive()
      .default(1)
      .meta({
        label: text('Scale', '尺度'),
        doc: text(
          'Standard deviation, or half-width of the interval around 0',
          '标准差，或以 0 为中心的区间半宽',
        ),
      }),
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ distribution, scale }) =>
    distribution === 'normal' ? `ξ ~ N(0, ${scale}²)` : `ξ ~ U(−${scale}, ${scale})`,
  infer(context) {
    const { out } = inferGiven(context, undefined);
    return { out: out && { ...out, valueKind: continuous } };
  },
  lower({ params: { distribution, scale }, outputTypes, ir, random }) {
    const shape = shapeOf(outputTypes.out);
    if (distribution === 'normal') return { out: ir.scale(gaussian(ir, random, shape), scale) };
    const centred = e.mul(number(scale), e.sub(e.mul(number(2), arg(0)), number(1)));
    return { out: ir.map([random(shape)], centred) };
  },
  torch({ params: { distribution, scale }, outputTypes, outputLength, random }) {
    const lengths = shapeOf(outputTypes.out).map((_, d) => outputLength('out', d));
    const shape = tuple(lengths);
    const times = scale === 1 ? '' : `${pythonNumber(scale)} * `;
    if (distribution === 'normal') return { out: `${times}torch.randn(${shape})` };
    return { out: `${times}(2 * ${random(shape)} - 1)` };
  },
  examples: [
    // Seed 1, step 0, by a program of its own written after the paper and the comments of base/random.ts.
    {
      params: { axes: [{ name: 'i', size: 3 }], scale: 2 },
      expect: {
        out: { axes: 'i 3', values: [2.6905173033816796, -2.3653374743281614, -0.7201485096924527] },
      },
    },
    {
      params: { axes: [{ name: 'i', size: 3 }], distribution: 'uniform', scale: 0.5 },
      expect: {
        out: { axes: 'i 3', values: [-0.1289728283882141, -0.4268079400062561, -0.2804318070411682] },
      },
    },
  ],
});
