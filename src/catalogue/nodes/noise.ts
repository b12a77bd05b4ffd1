/** Random numbers, drawn anew in every step. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import { defineNode } from '../define.ts';
import { inferGiven, shapeOf } from '../given.ts';
import { reals } from '../meanings.ts';
import { gaussian } from '../noise.ts';
import * as params from '../params.ts';

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
    return { out: out && { ...out, meaning: reals } };
  },
  lower({ params: { distribution, scale }, outputTypes, ir, random }) {
    const shape = shapeOf(outputTypes.out);
    if (distribution === 'normal') return { out: ir.scale(gaussian(ir, random, shape), scale) };
    const centred = e.mul(number(scale), e.sub(e.mul(number(2), arg(0)), number(1)));
    return { out: ir.map([random(shape)], centred) };
  },
  examples: [
    { params: { axes: [{ name: 'i', size: 3 }] }, expect: { out: { axes: 'i 3' } } },
    { params: { axes: [{ name: 'i', size: 2 }], distribution: 'uniform' }, expect: { out: { axes: 'i 2' } } },
  ],
});
