/** A tensor that training may change. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { inferGiven, shapeOf } from '../given.ts';
import * as params from '../params.ts';

export const parameter = defineNode({
  type: 'parameter',
  category: 'tensor',
  title: text('Parameter', '参数'),
  doc: text(
    'A tensor that an optimizer changes, step by step, to lower a loss.',
    '优化器逐步改变它以降低损失的张量。',
  ),
  glyph: '◈',
  labels: 'W',
  params: z.object({
    axes: params.axes.default([]),
    init: z
      .enum(['normal', 'uniform', 'orthogonal', 'zeros', 'ones', 'values'])
      .default('normal')
      .meta({
        label: text('Start', '初值'),
        options: {
          normal: text('Random, normal', '随机（正态）'),
          uniform: text('Random, even', '随机（均匀）'),
          orthogonal: text('Random, orthogonal', '随机（正交）'),
          zeros: text('Zeros', '全 0'),
          ones: text('Ones', '全 1'),
          values: text('Values below', '下列数值'),
        },
      }),
    scale: z
      .number()
      .positive()
      .default(1)
      .meta({
        label: text('Scale', '尺度'),
        doc: text(
          'Standard deviation, half-width of the interval, or singular values',
          '标准差、区间半宽或奇异值',
        ),
      }),
    values: params.values.optional(),
  }),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ axes }) => axes.map((a) => a.name).join(' '),
  infer(context) {
    const { axes, init, values = [] } = context.params;
    if (init === 'orthogonal' && axes.length !== 2) {
      const detail = text('a matrix is orthogonal: give it two axes', '只有矩阵才谈得上正交：请给两个轴');
      context.report('bad-param', { param: 'init' }, { param: 'init', detail });
    }
    return inferGiven(context, init === 'values' ? values : undefined);
  },
  lower: ({ params: { init, scale, values }, outputTypes, parameter: declare }) => ({
    out: declare('value', shapeOf(outputTypes.out), { kind: init, scale, ...(values && { values }) }),
  }),
  learns: () => true,
  learnedAxes: (_, __, { out }) => out?.axes ?? [],
  torch: ({ params: { init, scale, values }, outputTypes, parameter: declare }) => ({
    out: declare('value', shapeOf(outputTypes.out), { kind: init, scale, ...(values && { values }) }),
  }),
  examples: [
    {
      params: { axes: [{ name: 'i', size: 2 }], init: 'values', values: [1, -1] },
      expect: { out: { axes: 'i 2', values: [1, -1] } },
    },
    {
      params: {
        axes: [
          { name: 'i', size: 2 },
          { name: 'j', size: 2 },
        ],
        init: 'ones',
      },
      expect: { out: { axes: 'i 2, j 2', values: [1, 1, 1, 1] } },
    },
  ],
});
