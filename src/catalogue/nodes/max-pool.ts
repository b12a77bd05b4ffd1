/** The largest number in each window. */
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { inferPooling, poolingParams, sliding, summarise } from '../pooling.ts';
import { fittingWindows, slide, windowMisfit } from '../windows.ts';

export const maxPool = defineNode({
  type: 'max-pool',
  category: 'layer',
  title: text('Max pool', '最大池化'),
  doc: text(
    'The largest element of each window over the last two axes: what was found, wherever in the window. Equal largest ones share the gradient.',
    '最后两个轴上每个窗口内的最大元素：只问有没有，不问在窗口何处。并列最大者平分梯度。',
  ),
  glyph: '⊓',
  params: poolingParams,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: summarise,
  infer: inferPooling,
  misfit: (params, inputs) => windowMisfit(inputs.x?.slice(-2) ?? [], sliding(params), false),
  repair: (params, inputs) => fittingWindows(inputs.x?.slice(-2) ?? [], sliding(params), false),
  lower({ params, inputs, ir }) {
    const windows = slide(ir, inputs.x as ValueId, 2, sliding(params));
    const rank = ir.shape(windows).length;
    return { y: ir.reduce('max', windows, [rank - 3, rank - 1]) };
  },
  examples: [
    {
      inputs: { x: { axes: 'h 2, w 4', values: [1, 5, 2, 0, 3, 4, 8, 7] } },
      expect: { y: { axes: 'h 1, w 2', values: [5, 8] } },
    },
    {
      params: { kernel: 2, stride: 1 },
      inputs: { x: { axes: 'b 2, c 1, h 3, w 3' } },
      expect: { y: { axes: 'b 2, c 1, h 2, w 2' } },
    },
  ],
});
