/** The largest number in each window. */
import { text } from '../../base/text.ts';
import { firstMax } from '../../ir/first-max.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { ofAxes } from '../per-axis.ts';
import { inferPooling, poolingParams, poolingWindows, slidBy, summarise } from '../pooling.ts';
import { keywords, perAxisCode, withOneBatch } from '../torch-images.ts';
import { fittingWindows, slideAlong, slidings, windowMisfit, windowParams } from '../windows.ts';

const params = poolingParams.extend({ dilation: windowParams(2).dilation.default(1) });

export const maxPool = defineNode({
  type: 'max-pool',
  category: 'layer',
  title: text('Max pool', '最大池化'),
  doc: text(
    'The largest element of each window over the last two axes, or the last one: what was found, wherever in the window. Padding is −∞: it is never the largest. Of equal largest ones the first gets the gradient, as in PyTorch.',
    '最后两个轴（或一个轴）上每个窗口内的最大元素：只问有没有，不问在窗口何处。填充为 −∞，从不是最大者。并列最大时由首个得到梯度，同 PyTorch。',
  ),
  glyph: '⊓',
  params,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: summarise,
  windows: (params) => slidings(poolingWindows(params), params.rank),
  infer: inferPooling,
  misfit: (params, { x }) => windowMisfit(slidBy(params, x), poolingWindows(params), false),
  repair: (params, { x }) => fittingWindows(slidBy(params, x), poolingWindows(params), false),
  lower({ params, inputs, ir }) {
    let y = inputs.x as ValueId;
    const first = ir.shape(y).length - params.rank;
    // Along the last axis first, then the other: the largest of the largest, and of equal ones the first in reading order.
    for (const [i, sliding] of [...slidings(poolingWindows(params), params.rank).entries()].reverse())
      y = firstMax(ir, slideAlong(ir, y, first + i, sliding, Number.NEGATIVE_INFINITY), first + i + 1);
    return { y };
  },
  torch({ params, inputs, inputTypes }) {
    const { kernel, stride, padding, dilation, ceil, rank } = params;
    const [size, step] = [kernel, stride ?? kernel].map((each) => perAxisCode(ofAxes(each, rank)));
    const options = keywords({
      stride: [step as string, size as string],
      padding: [perAxisCode(ofAxes(padding, rank)), '0'],
      dilation: [perAxisCode(ofAxes(dilation, rank)), '1'],
      ceil_mode: [ceil ? 'True' : 'False', 'False'],
    });
    const pool = (x: string) => `F.max_pool${rank}d(${x}, ${size}${options})`;
    return { y: withOneBatch(inputs.x as string, inputTypes.x?.axes.length ?? 0, rank + 1, pool) };
  },
  examples: [
    {
      inputs: { x: { axes: 'h 2, w 4', values: [1, 5, 2, 0, 3, 4, 8, 7] } },
      expect: { y: { axes: 'h 1, w 2', values: [5, 8] } },
    },
    {
      // torch.nn.functional.max_pool2d(x, (3, 2), stride=2, padding=1, ceil_mode=True)
      params: { kernel: [3, 2], stride: 2, padding: 1, ceil: true },
      inputs: {
        x: {
          axes: 'c 2, h 3, w 5',
          values: [
            -1, 3.25, 2.5, 0, -2.25, -3.25, 1.75, 0.75, 1.25, -0.5, 3.5, -0.75, -1.25, 2.25, -3.5, -2, 3, 0.5,
            -3.75, 2, -3, 0.25, -2.75, 1.5, 2.75, 1, -1.75, -2.5, -1.5, -0.25,
          ],
        },
      },
      expect: {
        y: { axes: 'c 2, h 2, w 3', values: [-1, 3.25, 1.25, 3.5, 1.75, 2.25, -2, 3, 2.75, 1, 0.25, 2.75] },
      },
    },
    {
      // torch.nn.functional.max_pool1d(x, 2, stride=1, dilation=2)
      params: { kernel: 2, stride: 1, dilation: 2, rank: 1 },
      inputs: {
        x: {
          axes: 'c 2, t 6',
          values: [0, -0.25, 1.75, -0.75, -1, -1.25, -1, -0.25, -1.75, 0.25, 0.25, 0.5],
        },
      },
      expect: { y: { axes: 'c 2, t 4', values: [1.75, -0.25, 1.75, -0.75, -1, 0.25, 0.25, 0.5] } },
    },
    {
      params: { kernel: 2, stride: 1 },
      inputs: { x: { axes: 'b 2, c 1, h 3, w 3' } },
      expect: { y: { axes: 'b 2, c 1, h 2, w 2' } },
    },
  ],
});
