/** The mean of each window. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { ofAxes } from '../per-axis.ts';
import { inferPooling, poolingParams, poolingWindows, slidBy, summarise } from '../pooling.ts';
import { keywords, perAxisCode, withOneBatch } from '../torch-images.ts';
import { fittingWindows, margins, type Sliding, slide, slidings, windowMisfit } from '../windows.ts';

const params = poolingParams.extend({
  includePad: z
    .boolean()
    .default(true)
    .meta({
      label: text('Count padding', '计入填充'),
      doc: text('Zeros of the padding count in the mean', '填充的零也计入平均'),
    }),
});

/** One over the number of elements that are averaged at each place of an axis of `size` elements. */
function weights(sliding: Sliding, size: number, includePad: boolean): number[] {
  const { kernel, stride, padding } = sliding;
  const pad = typeof padding === 'number' ? padding : 0;
  const [before, after] = margins(sliding, size);
  const count = Math.floor((size + before + after - kernel) / stride) + 1;
  return Array.from({ length: count }, (_, p) => {
    const start = p * stride - pad;
    // What ceil mode adds beyond the padding counts never.
    const [from, to] = includePad ? [start, size + pad] : [Math.max(start, 0), size];
    return 1 / (Math.min(start + kernel, to) - from);
  });
}

export const averagePool = defineNode({
  type: 'average-pool',
  category: 'layer',
  title: text('Average pool', '平均池化'),
  doc: text(
    'The mean of each window over the last two axes, or the last one.',
    '最后两个轴（或一个轴）上每个窗口内元素的平均。',
  ),
  glyph: '⊔',
  params,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: summarise,
  windows: (params) => slidings(poolingWindows(params), params.rank),
  infer: inferPooling,
  misfit: (params, { x }) => windowMisfit(slidBy(params, x), poolingWindows(params), false),
  repair: (params, { x }) => fittingWindows(slidBy(params, x), poolingWindows(params), false),
  lower({ params, inputs, ir }) {
    const x = inputs.x as ValueId;
    const sliding = slidings(poolingWindows(params), params.rank);
    const sizes = ir.shape(x).slice(-params.rank);
    const windows = slide(ir, x, sliding);
    const first = ir.shape(x).length - params.rank;
    const offsets = sliding.map((_, i) => first + 2 * i + 1);
    const shares = sliding.map((each, i) => weights(each, sizes[i] as number, params.includePad));
    if (shares.every((of) => of.every((share) => share === of[0]))) {
      const scale = shares.reduce((product, [share = 1]) => product * share, 1);
      return { y: ir.sum(windows, offsets, scale) };
    }
    const sums = ir.sum(windows, offsets);
    const shape = ir.shape(sums);
    const all = shape.map((_, d) => d);
    const factors = shares.map((of) => ir.constant([of.length], of));
    const weighted = factors.reduce((product, _, i) => e.mul(product, arg(i + 1)), arg(0));
    return { y: ir.map([sums, ...factors], weighted, [all, ...factors.map((_, i) => [first + i])], shape) };
  },
  torch({ params, inputs, inputTypes }) {
    const { kernel, stride, padding, ceil, includePad, rank } = params;
    const [size, step] = [kernel, stride ?? kernel].map((each) => perAxisCode(ofAxes(each, rank)));
    const options = keywords({
      stride: [step as string, size as string],
      padding: [perAxisCode(ofAxes(padding, rank)), '0'],
      ceil_mode: [ceil ? 'True' : 'False', 'False'],
      count_include_pad: [includePad ? 'True' : 'False', 'True'],
    });
    const pool = (x: string) => `F.avg_pool${rank}d(${x}, ${size}${options})`;
    return { y: withOneBatch(inputs.x as string, inputTypes.x?.axes.length ?? 0, rank + 1, pool) };
  },
  examples: [
    {
      inputs: { x: { axes: 'h 2, w 4', values: [1, 5, 2, 0, 3, 3, 8, 6] } },
      expect: { y: { axes: 'h 1, w 2', values: [3, 4] } },
    },
    {
      // torch.nn.functional.avg_pool2d(x, (3, 2), stride=2, padding=1, ceil_mode=True)
      params: { kernel: [3, 2], stride: 2, padding: 1, ceil: true },
      inputs: {
        x: {
          axes: 'c 2, h 3, w 5',
          values: [
            0.5, 0.5, -1, 2, 0, 0.75, -0.25, 1.75, -1.25, 0.5, -1.25, 1.75, 0.25, -1, -0.75, 0.75, 1, -0.75,
            1, -2, -0.5, 2, -1, 0.5, 2, -0.75, 0.75, 1.5, 1.75, 2,
          ],
        },
      },
      expect: {
        y: {
          axes: 'c 2, h 2, w 3',
          values: [
            0.20833333333333334, 0.16666666666666666, 0.20833333333333334, -0.08333333333333333,
            0.5833333333333334, -0.4166666666666667, 0.041666666666666664, 0.20833333333333334, 0.25,
            -0.20833333333333334, 0.5416666666666666, 1.0416666666666667,
          ],
        },
      },
    },
    {
      // torch.nn.functional.avg_pool2d(x, (3, 2), stride=(1, 3), padding=1, ceil_mode=True, count_include_pad=False)
      params: { kernel: [3, 2], stride: [1, 3], padding: 1, ceil: true, includePad: false },
      inputs: {
        x: {
          axes: 'c 2, h 3, w 5',
          values: [
            0.5, 0.5, -1, 2, 0, 0.75, -0.25, 1.75, -1.25, 0.5, -1.25, 1.75, 0.25, -1, -0.75, 0.75, 1, -0.75,
            1, -2, -0.5, 2, -1, 0.5, 2, -0.75, 0.75, 1.5, 1.75, 2,
          ],
        },
      },
      expect: {
        y: {
          axes: 'c 2, h 3, w 2',
          values: [
            0.625, 0.375, 0, 0.125, -0.25, -0.0625, 0.125, -0.0625, -0.16666666666666666, 0.5, -0.625, 0.6875,
          ],
        },
      },
    },
    {
      // torch.nn.functional.avg_pool1d(x, 4, stride=3, padding=2, ceil_mode=True)
      params: { kernel: 4, stride: 3, padding: 2, ceil: true, rank: 1 },
      inputs: {
        x: {
          axes: 'c 2, t 6',
          values: [0, -0.25, 1.75, -0.75, -1, -1.25, -1, -0.25, -1.75, 0.25, 0.25, 0.5],
        },
      },
      expect: { y: { axes: 'c 2, t 3', values: [-0.0625, -0.0625, -0.5625, -0.3125, -0.375, 0.1875] } },
    },
    {
      params: { kernel: 2, stride: 1 },
      inputs: { x: { axes: 'b 2, c 1, h 3, w 3' } },
      expect: { y: { axes: 'b 2, c 1, h 2, w 2' } },
    },
  ],
});
