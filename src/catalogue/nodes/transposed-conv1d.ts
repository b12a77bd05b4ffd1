/** A transposed convolution over sequences. */
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

export const transposedConv1d = defineNode({
  type: 'transposed-conv1d',
  category: 'layer',
  title: text('Transposed conv 1D', '一维转置卷积'),
  doc: text(
    'y[…, o, s p + k] = Σ x[…, c, p] W[c, o, k] + b[o]: each element writes a small kernel, and where kernels overlap they add up. It is the transpose of a convolution, and makes a sequence longer by the stride. W and b begin even in ±1/√(outputs of one kernel), as in PyTorch.',
    'y[…, o, s p + k] = Σ x[…, c, p] W[c, o, k] + b[o]：每个元素写下一个小核，重叠处相加。它是卷积的转置，使序列按步幅变长。W 与 b 的初值均匀分布于 ±1/√(一个核的输出数)，同 PyTorch。',
  ),
  glyph: '▯',
  weightForm: 'transposed-kernel',
  params: transposedParams(1),
  inputs: ports,
  outputs: [{ name: 'y' }],
  summary: summariseTransposed(1),
  infer: (context) => inferTransposed(context, 1),
  lower: (context) => lowerTransposed(context, 1),
  torch: (context) => torchTransposed(context, 1),
  repair: (params, { x = [] }) => fittingGroups(params, x.at(-2)),
  learns: learnsKernel,
  learnedAxes: (_, { x }, { y }) => channelsOf(1, x, y),
  examples: [
    {
      // torch.nn.functional.conv_transpose1d(x, W, b, stride=2, padding=1, output_padding=1)
      params: { channels: 2, kernel: 3, padding: 1, outputPadding: 1 },
      inputs: { x: { axes: 'c 2, t 3', values: [1.25, -0.75, -0.25, -0.5, -0.5, 0.5] } },
      state: { weight: [2, 1, 1.5, -1.75, 1, 0.75, 0.5, -1.5, -0.5, -1.5, -0.75, -0.25], bias: [0.5, 1.25] },
      expect: {
        y: {
          axes: 'c 2, t 6',
          values: [2.5, 0.875, 0.5, -0.625, -0.5, -0.125, 2.875, 4.375, 0.875, 0.5, 0.625, 0.9375],
        },
      },
    },
    {
      // torch.nn.functional.conv_transpose1d(x, W, groups=2, dilation=2)
      params: { channels: 2, stride: 1, groups: 'depthwise', dilation: 2, bias: false },
      inputs: { x: { axes: 'c 2, t 3', values: [1.25, -0.75, -0.25, -0.5, -0.5, 0.5] } },
      state: { weight: [1.75, -0.25, 2, 1] },
      expect: {
        y: { axes: 'c 2, t 5', values: [2.1875, -1.3125, -0.75, 0.1875, 0.0625, -1, -1, 0.5, -0.5, 0.5] },
      },
    },
    {
      // torch.nn.functional.conv_transpose1d(x, weight, stride=3)
      params: { channels: 1, stride: 3, bias: false },
      inputs: {
        x: { axes: 'c 2, t 2', values: [1.25, -0.75, -0.5, -0.5] },
        weight: { axes: 'i 2, o 1, k 2', values: [-1.25, -2, -1.5, 1.5] },
      },
      expect: { y: { axes: 'c 1, t 5', values: [-0.8125, -3.25, 0, 1.6875, 0.75] } },
    },
  ],
});
