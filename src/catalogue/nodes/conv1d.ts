/** A convolution over sequences. */
import { text } from '../../base/text.ts';
import {
  convolutionParams,
  inferConvolution,
  lowerConvolution,
  summarise,
  torchConvolution,
} from '../convolution.ts';
import { defineNode } from '../define.ts';
import { fittingGroups, learnsKernel, ports } from '../grouped-channels.ts';
import { channelsOf } from '../spatial-axes.ts';
import { fittingWindows, slidings, windowMisfit } from '../windows.ts';

export const conv1d = defineNode({
  type: 'conv1d',
  category: 'layer',
  title: text('Convolution 1D', '一维卷积'),
  doc: text(
    'y[…, o, p] = Σ x[…, c, p+k] W[o, c, k] + b[o]: one small kernel, the same at every place. The last axes are channel and length. W and b begin even in ±1/√(inputs of one output), as in PyTorch.',
    'y[…, o, p] = Σ x[…, c, p+k] W[o, c, k] + b[o]：同一个小核用于每个位置。最后的轴依次为通道和长度。W 与 b 的初值均匀分布于 ±1/√(每个输出的输入数)，同 PyTorch。',
  ),
  glyph: '▭',
  weightForm: 'kernel',
  params: convolutionParams(1),
  inputs: ports,
  outputs: [{ name: 'y' }],
  summary: summarise(1),
  windows: (params) => slidings(params, 1),
  infer: (context) => inferConvolution(context, 1),
  lower: (context) => lowerConvolution(context, 1),
  torch: (context) => torchConvolution(context, 1),
  learns: learnsKernel,
  misfit: (params, inputs) => windowMisfit(inputs.x?.slice(-1) ?? [], params, true),
  repair: (params, { x = [] }) => [
    ...fittingWindows(x.slice(-1), params, true),
    ...fittingGroups(params, x.at(-2)),
  ],
  learnedAxes: (_, { x }, { y }) => channelsOf(1, x, y),
  examples: [
    {
      // torch.nn.functional.conv1d(x, W, b, stride=2, padding=1)
      params: { channels: 2, kernel: 3, stride: 2, padding: 1 },
      inputs: { x: { axes: 'c 2, t 5', values: [1, 2, -1, 0.5, 3, 0, -2, 1, 4, -0.5] } },
      state: { weight: [0.5, -1, 0.25, 1, 0, -0.5, -0.3, 0.2, 0.1, 0.6, -0.4, 0.9], bias: [0.1, -0.2] },
      expect: { y: { axes: 'c 2, t 3', values: [0.6, -1.775, 1.35, -1.6, 1.05, 2.85] } },
    },
    {
      params: { channels: 2, kernel: 2, stride: 2 },
      inputs: { x: { axes: 'batch 2, channel 3, t 5' } },
      expect: { y: { axes: 'batch 2, channel 2, t 2' } },
    },
    {
      params: { channels: 1, kernel: 3, padding: 'same', dilation: 2 },
      inputs: { x: { axes: 'c 2, t 4' } },
      expect: { y: { axes: 'c 1, t 4' } },
    },
    {
      // torch.nn.functional.conv1d(x, W, b, groups=2, dilation=2)
      params: { channels: 4, kernel: 3, dilation: 2, groups: 2 },
      inputs: {
        x: { axes: 'c 2, t 6', values: [-1.5, 0.25, 1.75, 0, 1.5, -0.25, -0.25, 2, -0.75, -0.75, 2, -1.5] },
      },
      state: {
        weight: [-1.75, 0, -0.5, -0.75, 0, -1.25, 1.5, 1.75, -2, -1, -0.75, -0.75],
        bias: [2, 2, -1.25, -1],
      },
      expect: {
        y: { axes: 'c 4, t 2', values: [3.875, 1.6875, 1.25, 2.125, -6.9375, 3.4375, -1.6875, -1.3125] },
      },
    },
    {
      // torch.nn.functional.conv1d(torch.nn.functional.pad(x, (1, 2)), W, stride=2)
      params: { channels: 2, kernel: 4, stride: 2, padding: 'same', bias: false },
      inputs: { x: { axes: 'c 2, t 5', values: [-1.5, -1.75, 0.25, 1, 2, -1.25, 0, 2, -1.75, -0.75] } },
      state: {
        weight: [
          1.25, -1.75, -0.25, -0.25, 0.5, -1.75, -2, 1, -1.75, -0.75, 0.25, 0.25, 1.25, 0.75, -0.25, 1.5,
        ],
      },
      expect: { y: { axes: 'c 2, t 3', values: [7.1875, -4.125, -1.8125, 2.8125, 4.4375, -6] } },
    },
    {
      // torch.nn.functional.conv1d(x, weight)
      params: { channels: 2, kernel: 2, bias: false },
      inputs: {
        x: { axes: 'c 2, t 3', values: [-1.5, -1.75, 0.25, -1.25, 0, 2] },
        weight: { axes: 'o 2, i 2, k 2', values: [-0.5, -1, 0.25, 0.25, -1.25, 2, 1.5, -0.5] },
      },
      expect: { y: { axes: 'c 2, t 2', values: [2.1875, 1.125, -3.5, 1.6875] } },
    },
  ],
});
