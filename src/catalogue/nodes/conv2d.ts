/** A convolution over images. */
import { text } from '../../base/text.ts';
import { convolutionParams, inferConvolution, lowerConvolution, summarise } from '../convolution.ts';
import { defineNode } from '../define.ts';
import { fittingWindows, windowMisfit } from '../windows.ts';

export const conv2d = defineNode({
  type: 'conv2d',
  category: 'layer',
  title: text('Convolution 2D', '二维卷积'),
  doc: text(
    'y[…, o, p, q] = Σ x[…, c, p+k, q+l] W[o, c, k, l] + b[o]: one small kernel, the same at every place. The last axes are channel, height, width. W and b begin even in ±1/√(inputs of one output), as in PyTorch.',
    'y[…, o, p, q] = Σ x[…, c, p+k, q+l] W[o, c, k, l] + b[o]：同一个小核用于每个位置。最后的轴依次为通道、高、宽。W 与 b 的初值均匀分布于 ±1/√(每个输出的输入数)，同 PyTorch。',
  ),
  glyph: '▣',
  params: convolutionParams,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: summarise(2),
  infer: (context) => inferConvolution(context, 2),
  lower: (context) => lowerConvolution(context, 2),
  learns: () => true,
  misfit: (params, inputs) => windowMisfit(inputs.x?.slice(-2) ?? [], params, true),
  repair: (params, inputs) => fittingWindows(inputs.x?.slice(-2) ?? [], params, true),
  learnedAxes: (_, { x }, { y }) => [x, y].flatMap((type) => type?.axes.slice(-3, -2) ?? []),
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
  ],
});
