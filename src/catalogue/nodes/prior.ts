/** The distribution that a value has where nothing is known: samples of the model begin there. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';

export const prior = defineNode({
  type: 'prior',
  category: 'tensor',
  title: text('Prior', '先验'),
  doc: text(
    'y = x in training and wherever rows are given. When samples are drawn from the model (the Use panel; tensorloom predict --sample), y is drawn from this distribution instead, and what x is computed from is not needed: a code for a decoder, the noise that a diffusion begins with.',
    '训练时以及给出数据行时 y = x。从模型抽样时（“使用”面板；tensorloom predict --sample），y 改由此分布抽取，不再需要 x 的来源：例如解码器的编码，或扩散的起始噪声。',
  ),
  glyph: 'π',
  params: z.object({
    distribution: z
      .enum(['normal', 'uniform', 'constant'])
      .default('normal')
      .meta({
        label: text('Distribution', '分布'),
        options: {
          normal: text('Normal', '正态'),
          uniform: text('Even', '均匀'),
          constant: text('One value', '定值'),
        },
      }),
    value: z
      .number()
      .default(0)
      .meta({ label: text('Centre', '中心') }),
    scale: z
      .number()
      .positive()
      .default(1)
      .meta({
        label: text('Scale', '尺度'),
        doc: text(
          'Standard deviation, or half-width of the interval around the centre; one value has none',
          '标准差，或以中心为中点的区间半宽；定值不用',
        ),
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ distribution, value, scale }) =>
    ({
      normal: `y ~ N(${value}, ${scale}²)`,
      uniform: `y ~ U(${value - scale}, ${value + scale})`,
      constant: `y = ${value}`,
    })[distribution],
  infer: ({ inputs: { x } }) => (x ? { y: x } : {}),
  lower: ({ inputs }) => ({ y: inputs.x as number }),
  draws: (params) => params,
  torch: ({ inputs }) => ({ y: inputs.x as string }),
  examples: [
    {
      inputs: { x: { axes: 'b 2, z 2', values: [1, -2, 3, 0.5] } },
      expect: { y: { axes: 'b 2, z 2', values: [1, -2, 3, 0.5] } },
    },
    {
      params: { distribution: 'constant', value: 1 },
      inputs: { x: { axes: 'b 2', values: [0.25, 0.75] } },
      expect: { y: { axes: 'b 2', values: [0.25, 0.75] } },
    },
  ],
});
