/** An image or a sequence made larger: elements repeated, or numbers between them put in. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import type { ValueId } from '../../ir/program.ts';
import { constant, multiply } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { along, ofAxes, perAxis, showBriefly } from '../per-axis.ts';
import { expectOneEach, rank } from '../pooling.ts';
import { slidAxes } from '../spatial-axes.ts';
import { tuple } from '../torch.ts';
import { withOneBatch } from '../torch-images.ts';

/** Each element `factor` times along axis d. */
function repeated(ir: Builder, x: ValueId, d: number, factor: number): ValueId {
  const shape = ir.shape(x);
  const spread = shape.toSpliced(d + 1, 0, factor);
  const axes = shape.map((_, axis) => (axis <= d ? axis : axis + 1));
  return ir.reshape(ir.broadcast(x, axes, spread), shape.with(d, (shape[d] as number) * factor));
}

/** The rows of the matrix that interpolates n elements at n · factor places, two weights in each. */
function interpolation(n: number, factor: number, alignCorners: boolean): number[] {
  const length = n * factor;
  const weights = new Array<number>(length * n).fill(0);
  for (let i = 0; i < length; i++) {
    const place = alignCorners
      ? length > 1
        ? (i * (n - 1)) / (length - 1)
        : 0
      : Math.max(0, (i + 0.5) / factor - 0.5);
    const below = Math.min(Math.floor(place), n - 1);
    const above = Math.min(below + 1, n - 1);
    const share = place - below;
    weights[i * n + below] = (weights[i * n + below] as number) + 1 - share;
    weights[i * n + above] = (weights[i * n + above] as number) + share;
  }
  return weights;
}

function interpolated(ir: Builder, x: ValueId, d: number, factor: number, alignCorners: boolean): ValueId {
  const n = ir.shape(x)[d] as number;
  const labels = ir.shape(x).map((_, axis) => axis);
  const matrix = ir.constant([n * factor, n], interpolation(n, factor, alignCorners));
  return ir.contract([x, matrix], [labels, [labels.length, d]], labels.with(d, labels.length));
}

export const upsample = defineNode({
  type: 'upsample',
  category: 'layer',
  title: text('Upsample', '上采样'),
  doc: text(
    'The last two axes (or one) made larger by a factor: “nearest” repeats each element, “linear” puts numbers between them (bilinear for two axes). With aligned corners the first and last elements keep their place.',
    '把最后两个轴（或一个轴）按倍数放大：“最近”重复每个元素，“线性”在其间插值（两个轴时为双线性）。对齐角点时首尾元素位置不变。',
  ),
  glyph: '⇱',
  params: z.object({
    factor: perAxis(2, 1)
      .meta({
        label: text('Factor', '倍数'),
        doc: text('2, or 2 × 3 for height and width', '写 2，或写 2 × 3 表示高与宽'),
        widget: 'per-axis',
      })
      .default(2),
    mode: z
      .enum(['nearest', 'linear'])
      .default('nearest')
      .meta({
        label: text('Mode', '方式'),
        options: { nearest: text('nearest', '最近'), linear: text('linear', '线性') },
      }),
    alignCorners: z
      .boolean()
      .default(false)
      .meta({
        label: text('Align corners', '对齐角点'),
        doc: text('Of “linear”: the ends keep their place', '用于线性插值：两端位置不变'),
      }),
    rank,
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ factor, rank: count }) => `× ${showBriefly(factor, count)}`,
  infer(context) {
    const { params, inputs } = context;
    const axes = slidAxes(context, params.rank);
    if (!axes || !expectOneEach(context, 'factor')) return {};
    const larger = axes.space.map(({ name, size }, i) => ({
      name,
      size: multiply(size, constant(along(params.factor, i))),
    }));
    const kept = params.mode === 'nearest' ? { ...inputs.x } : {};
    return { y: { ...kept, axes: [...axes.before, ...larger] } };
  },
  lower({ params, inputs, ir }) {
    let y = inputs.x as ValueId;
    const first = ir.shape(y).length - params.rank;
    for (const [i, factor] of ofAxes(params.factor, params.rank).entries())
      y =
        params.mode === 'nearest'
          ? repeated(ir, y, first + i, factor)
          : interpolated(ir, y, first + i, factor, params.alignCorners);
    return { y };
  },
  torch({ params, inputs, inputTypes }) {
    const { factor, mode, alignCorners, rank: count } = params;
    const scale = typeof factor === 'number' ? String(factor) : tuple(factor);
    const kind = mode === 'nearest' ? 'nearest' : count === 1 ? 'linear' : 'bilinear';
    const align = mode === 'linear' ? `, align_corners=${alignCorners ? 'True' : 'False'}` : '';
    const call = (x: string) => `F.interpolate(${x}, scale_factor=${scale}, mode='${kind}'${align})`;
    return { y: withOneBatch(inputs.x as string, inputTypes.x?.axes.length ?? 0, count + 1, call, 1) };
  },
  examples: [
    {
      // torch.nn.functional.interpolate(x, scale_factor=(2, 1), mode='nearest')
      params: { factor: [2, 1] },
      inputs: { x: { axes: 'c 1, h 2, w 3', values: [-1.5, -1.5, 1, 2, 1.5, 0.75] } },
      expect: {
        y: { axes: 'c 1, h 4, w 3', values: [-1.5, -1.5, 1, -1.5, -1.5, 1, 2, 1.5, 0.75, 2, 1.5, 0.75] },
      },
    },
    {
      // torch.nn.functional.interpolate(x, scale_factor=2, mode='bilinear', align_corners=False)
      params: { mode: 'linear' },
      inputs: { x: { axes: 'c 1, h 2, w 3', values: [-1.5, -1.5, 1, 2, 1.5, 0.75] } },
      expect: {
        y: {
          axes: 'c 1, h 4, w 6',
          values: [
            -1.5, -1.5, -1.5, -0.875, 0.375, 1, -0.625, -0.65625, -0.71875, -0.328125, 0.515625, 0.9375,
            1.125, 1.03125, 0.84375, 0.765625, 0.796875, 0.8125, 2, 1.875, 1.625, 1.3125, 0.9375, 0.75,
          ],
        },
      },
    },
    {
      // torch.nn.functional.interpolate(x, scale_factor=(2, 3), mode='bilinear', align_corners=True)
      params: { factor: [2, 3], mode: 'linear', alignCorners: true },
      inputs: { x: { axes: 'c 1, h 2, w 3', values: [-1.5, -1.5, 1, 2, 1.5, 0.75] } },
      expect: {
        y: {
          axes: 'c 1, h 4, w 9',
          values: [
            -1.5, -1.5, -1.5, -1.5, -1.5, -0.875, -0.25, 0.375, 1, -0.33333333333333337, -0.375,
            -0.41666666666666674, -0.45833333333333337, -0.5, -0.14583333333333326, 0.2083333333333333,
            0.5625, 0.9166666666666667, 0.8333333333333333, 0.75, 0.6666666666666666, 0.5833333333333333,
            0.49999999999999994, 0.5833333333333334, 0.6666666666666666, 0.75, 0.8333333333333334, 2, 1.875,
            1.75, 1.625, 1.5, 1.3125, 1.125, 0.9375, 0.75,
          ],
        },
      },
    },
    {
      // torch.nn.functional.interpolate(x, scale_factor=3, mode='linear')
      params: { factor: 3, mode: 'linear', rank: 1 },
      inputs: { x: { axes: 'c 2, t 3', values: [-1.75, 1, -2, 0.75, -0.25, -1] } },
      expect: {
        y: {
          axes: 'c 2, t 9',
          values: [
            -1.75, -1.75, -0.8333333333333335, 0.08333333333333323, 0.9999999999999997, 2.220446049250313e-16,
            -0.9999999999999996, -1.9999999999999993, -2, 0.75, 0.75, 0.41666666666666674,
            0.08333333333333337, -0.2499999999999999, -0.49999999999999994, -0.7499999999999999,
            -0.9999999999999998, -1,
          ],
        },
      },
    },
  ],
});
