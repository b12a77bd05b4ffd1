/** A convolution over sequences. */
import { text } from '../../base/text.ts';
import { convolutionParams, inferConvolution, lowerConvolution, summarise } from '../convolution.ts';
import { defineNode } from '../define.ts';

export const conv1d = defineNode({
  type: 'conv1d',
  category: 'layer',
  title: text('Convolution 1D', '一维卷积'),
  doc: text(
    'y[…, o, p] = Σ x[…, c, p+k] W[o, c, k] + b[o]: one small kernel, the same at every place. The last axes are channel and length.',
    'y[…, o, p] = Σ x[…, c, p+k] W[o, c, k] + b[o]：同一个小核用于每个位置。最后的轴依次为通道和长度。',
  ),
  glyph: '▭',
  params: convolutionParams,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: summarise(1),
  infer: (context) => inferConvolution(context, 1),
  lower: (context) => lowerConvolution(context, 1),
  learns: () => true,
  examples: [
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
