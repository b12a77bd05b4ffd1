/** A convolution over images. */
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

export const conv2d = defineNode({
  type: 'conv2d',
  category: 'layer',
  title: text('Convolution 2D', '二维卷积'),
  doc: text(
    'y[…, o, p, q] = Σ x[…, c, p+k, q+l] W[o, c, k, l] + b[o]: one small kernel, the same at every place. The last axes are channel, height, width. W and b begin even in ±1/√(inputs of one output), as in PyTorch.',
    'y[…, o, p, q] = Σ x[…, c, p+k, q+l] W[o, c, k, l] + b[o]：同一个小核用于每个位置。最后的轴依次为通道、高、宽。W 与 b 的初值均匀分布于 ±1/√(每个输出的输入数)，同 PyTorch。',
  ),
  glyph: '▣',
  weightForm: 'kernel',
  params: convolutionParams(2),
  inputs: ports,
  outputs: [{ name: 'y' }],
  summary: summarise(2),
  windows: (params) => slidings(params, 2),
  infer: (context) => inferConvolution(context, 2),
  lower: (context) => lowerConvolution(context, 2),
  torch: (context) => torchConvolution(context, 2),
  learns: learnsKernel,
  misfit: (params, inputs) => windowMisfit(inputs.x?.slice(-2) ?? [], params, true),
  repair: (params, { x = [] }) => [
    ...fittingWindows(x.slice(-2), params, true),
    ...fittingGroups(params, x.at(-3)),
  ],
  learnedAxes: (_, { x }, { y }) => channelsOf(2, x, y),
  examples: [
    {
      // torch.nn.functional.conv2d(x, W, b)
      params: { channels: 2, kernel: 2 },
      inputs: { x: { axes: 'c 1, h 3, w 3', values: [1, 2, -1, 0.5, 3, 0, -2, 1, 4] } },
      state: { weight: [0.5, -1, 0.25, 2, -0.3, 0.2, 0.1, 0.6], bias: [0.1, -0.2] },
      expect: {
        y: { axes: 'c 2, h 2, w 2', values: [4.725, 2.85, -1.15, 9.85, 1.75, -0.7, 0.65, 1.4] },
      },
    },
    {
      // torch.nn.functional.conv2d(x, W, b, dilation=2, padding=1)
      params: { channels: 2, kernel: 2, dilation: 2, padding: 1 },
      inputs: { x: { axes: 'c 1, h 3, w 3', values: [1, 2, -1, 0.5, 3, 0, -2, 1, 4] } },
      state: { weight: [0.5, -1, 0.25, 2, -0.3, 0.2, 0.1, 0.6], bias: [0.1, -0.2] },
      expect: {
        y: {
          axes: 'c 2, h 3, w 3',
          values: [
            6.1, 0.225, 0.85, 0.1, 9.1, 1.35, -2.9, 0.35, 1.6, 1.6, -0.15, 0.1, 0.8, 1.5, -0.7, 0.4, -0.35,
            -1.1,
          ],
        },
      },
    },
    {
      params: { channels: 2 },
      inputs: { x: { axes: 'batch 2, channel 1, height 4, width 5' } },
      expect: { y: { axes: 'batch 2, channel 2, height 2, width 3' } },
    },
    {
      params: { channels: 2, kernel: 2, stride: 2, padding: 1, dilation: 2 },
      inputs: { x: { axes: 'c 2, h 4, w 3' } },
      expect: { y: { axes: 'c 2, h 2, w 2' } },
    },
    {
      params: { channels: 3, kernel: 2, padding: 'same', bias: false },
      inputs: { x: { axes: 'a 2, b 1, c 2, h 2, w 3' } },
      expect: { y: { axes: 'a 2, b 1, c 3, h 2, w 3' } },
    },
    {
      // torch.nn.functional.conv2d(x, W, b, stride=(2, 1), padding=(1, 0))
      params: { channels: 2, kernel: [3, 2], stride: [2, 1], padding: [1, 0] },
      inputs: {
        x: {
          axes: 'c 2, h 4, w 3',
          values: [
            0.25, -0.75, 0, 0.25, 1.5, 1, -1.75, 0.25, -0.25, -1.5, -1, -1.25, 0.25, 1.75, -0.5, 1.5, 1.75,
            1.5, -0.5, 2, 1, -1.25, 0.25, 0.25,
          ],
        },
      },
      state: {
        weight: [
          0.5, 1, -1.5, 1.75, 0.5, -0.25, 1.5, 0, 0.25, -1.5, -1, -1.75, 0.25, -1, 2, 0.75, 1.75, -2, 1.5, -1,
          0.5, -1.75, -0.5, 1.75,
        ],
        bias: [0.5, -1.25],
      },
      expect: {
        y: { axes: 'c 2, h 2, w 2', values: [-8.5625, -1.0625, 4.625, 2.1875, -4.5, 1.375, -8.8125, -0.125] },
      },
    },
    {
      // torch.nn.functional.conv2d(x, W, groups=2)
      params: { channels: 4, kernel: 2, groups: 'depthwise', bias: false },
      inputs: {
        x: {
          axes: 'c 2, h 3, w 3',
          values: [
            0.25, -0.75, 0, 0.25, 1.5, 1, -1.75, 0.25, -0.25, 0.25, 1.75, -0.5, 1.5, 1.75, 1.5, -0.5, 2, 1,
          ],
        },
      },
      state: {
        weight: [
          -1.75, -1, -0.5, -1, -1.75, 1.75, -1.75, -0.5, 1.5, -0.75, 1.25, -1.75, 1.75, 0.25, 0, -1.25,
        ],
      },
      expect: {
        y: {
          axes: 'c 4, h 2, w 2',
          values: [
            -1.3125, -0.4375, -1.3125, -3.5, -2.9375, -1.8125, 5.125, -1.1875, -2.125, 2.5625, -3.1875, 2.25,
            -1.3125, 1.0625, 0.5625, 2.1875,
          ],
        },
      },
    },
    {
      // torch.nn.functional.conv2d(x, weight, b, groups=2)
      params: { channels: 2, kernel: 2, groups: 2 },
      inputs: {
        x: {
          axes: 'c 4, h 3, w 3',
          values: [
            -1, 1.75, 1, 0.25, 1.5, 0, 0, 0.25, -0.75, -2, -0.25, -1.25, 1, 0.75, 2, -1.5, 1, 1.5, -0.75, 2,
            -1.75, -1.5, -0.75, -1.75, 2, -0.25, 0.75, -1.75, 0.5, 1.25, 0.75, 2, 1, 1.25, -0.5, 2,
          ],
        },
        weight: {
          axes: 'o 2, i 2, k 2, l 2',
          values: [2, -1.5, -1, -0.75, -0.25, -1.25, 2, 0, -0.25, 0.5, -1.25, 2, 0.5, 2, 1, 0.75],
        },
      },
      state: { bias: [0, 0] },
      expect: {
        y: { axes: 'c 2, h 2, w 2', values: [-3.1875, 3.625, -6.125, 2.625, 3.9375, 1.5625, 2.25, 5.125] },
      },
    },
    {
      // torch.nn.functional.conv2d(torch.nn.functional.pad(x, (0, 1, 1, 1)), W, stride=2)
      params: { channels: 1, stride: 2, padding: 'same', bias: false },
      inputs: {
        x: {
          axes: 'c 1, h 5, w 4',
          values: [
            -0.25, -1, 0, -0.25, 2, 1.75, 0, -1.5, -2, -2, 0.5, -0.25, 2, 1.75, -0.5, 0, -0.5, -0.5, -1.25,
            0.5,
          ],
        },
      },
      state: { weight: [1, 1.75, 1, -1.5, 1.25, -0.5, 0.75, -2, 0] },
      expect: { y: { axes: 'c 1, h 3, w 2', values: [-2.875, 2.6875, 3.3125, -4.0625, 5.3125, 2] } },
    },
  ],
});
