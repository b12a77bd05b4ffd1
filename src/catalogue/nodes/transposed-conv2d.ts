/** A transposed convolution over images. */
import { text } from '../../base/text.ts';
import {
  inferTransposed,
  lowerTransposed,
  summariseTransposed,
  torchTransposed,
  transposedParams,
} from '../convolution-transpose.ts';
import { defineNode } from '../define.ts';
import { fittingGroups, learnsKernel, ports } from '../grouped-channels.ts';
import { channelsOf } from '../spatial-axes.ts';

export const transposedConv2d = defineNode({
  type: 'transposed-conv2d',
  category: 'layer',
  title: text('Transposed conv 2D', '二维转置卷积'),
  doc: text(
    'y[…, o, s p + k, s q + l] = Σ x[…, c, p, q] W[c, o, k, l] + b[o]: each element writes a small kernel, and where kernels overlap they add up. It is the transpose of a convolution, and makes an image larger by the stride. W and b begin even in ±1/√(outputs of one kernel), as in PyTorch.',
    'y[…, o, s p + k, s q + l] = Σ x[…, c, p, q] W[c, o, k, l] + b[o]：每个元素写下一个小核，重叠处相加。它是卷积的转置，使图像按步幅变大。W 与 b 的初值均匀分布于 ±1/√(一个核的输出数)，同 PyTorch。',
  ),
  glyph: '▢',
  weightForm: 'transposed-kernel',
  params: transposedParams(2),
  inputs: ports,
  outputs: [{ name: 'y' }],
  summary: summariseTransposed(2),
  infer: (context) => inferTransposed(context, 2),
  lower: (context) => lowerTransposed(context, 2),
  torch: (context) => torchTransposed(context, 2),
  repair: (params, { x = [] }) => fittingGroups(params, x.at(-3)),
  learns: learnsKernel,
  learnedAxes: (_, { x }, { y }) => channelsOf(2, x, y),
  examples: [
    {
      // torch.nn.functional.conv_transpose2d(x, W, b, stride=(2, 1), padding=(0, 1))
      params: { channels: 2, kernel: [2, 3], stride: [2, 1], padding: [0, 1] },
      inputs: { x: { axes: 'c 2, h 2, w 2', values: [-1.5, 0.5, -1.25, -1.5, 2, 0.25, -2, 1.75] } },
      state: {
        weight: [
          0.25, 0.25, -1, 0.75, 1.25, -2, 1.75, 0.75, -0.25, 1.75, -1, 1.25, 0, -0.75, -1.5, -2, 1.25, -2, -2,
          0.5, 1, -1.75, -1.75, 1.25,
        ],
        bias: [0.5, -1.5],
      },
      expect: {
        y: {
          axes: 'c 2, h 4, w 2',
          values: [
            -1.25, -1.0625, 1, 0.4375, 1.3125, 3.0625, -8.1875, 7.3125, -1.25, 1.375, -3.0625, -1.8125,
            -9.5625, -3.4375, -2.4375, -7.125,
          ],
        },
      },
    },
    {
      // torch.nn.functional.conv_transpose2d(x, weight, stride=2, groups=2)
      params: { channels: 2, groups: 2, bias: false },
      inputs: {
        x: {
          axes: 'b 2, c 4, h 1, w 2',
          values: [1.5, 2, -1, -1.75, 0.5, -1.75, 1.75, 0.25, 2, -1.5, 0.75, 2, 0.25, 0.5, -0.25, 1.5],
        },
        weight: {
          axes: 'i 4, o 1, k 2, l 2',
          values: [2, 1, -2, 1, -0.5, -1.75, 1.5, 1, 1.25, 0.75, -1.25, 1.75, -0.25, 2, -0.25, 1],
        },
      },
      expect: {
        y: {
          axes: 'b 2, c 2, h 2, w 4',
          values: [
            3.5, 3.25, 4.875, 5.0625, -4.5, 0.5, -6.625, 0.25, 0.1875, 3.875, -2.25, -0.8125, -1.0625, 2.625,
            2.125, -2.8125, 3.625, 0.6875, -4, -5, -2.875, 2.75, 6, 0.5, 0.375, -0.3125, 0.25, 3.375, -0.25,
            0.1875, -1, 2.375,
          ],
        },
      },
    },
  ],
});
