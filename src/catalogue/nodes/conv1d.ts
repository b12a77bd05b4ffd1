/** A convolution over sequences. */
import { text } from '../../base/text.ts';
import { convolutionParams, inferConvolution, lowerConvolution, summarise } from '../convolution.ts';
import { defineNode } from '../define.ts';
import { fittingWindows, windowMisfit } from '../windows.ts';

export const conv1d = defineNode({
  type: 'conv1d',
  category: 'layer',
  title: text('Convolution 1D', '一维卷积'),
  doc: text(
    'y[…, o, p] = Σ x[…, c, p+k] W[o, c, k] + b[o]: one small kernel, the same at every place. The last axes are channel and length. W and b begin even in ±1/√(inputs of one output), as in PyTorch.',
    'y[…, o, p] = Σ x[…, c, p+k] W[o, c, k] + b[o]：同一个小核用于每个位置。最后的轴依次为通道和长度。W 与 b 的初值均匀分布于 ±1/√(每个输出的输入数)，同 PyTorch。',
  ),
  glyph: '▭',
  params: convolutionParams,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: summarise(1),
  infer: (context) => inferConvolution(context, 1),
  lower: (context) => lowerConvolution(context, 1),
  learns: () => true,
  misfit: (params, inputs) => windowMisfit(inputs.x?.slice(-1) ?? [], params, true),
  repair: (params, inputs) => fittingWindows(inputs.x?.slice(-1) ?? [], params, true),
  learnedAxes: (_, { x }, { y }) => [x, y].flatMap((type) => type?.axes.slice(-2, -1) ?? []),
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
  ],
});
