/** As many windows as are asked for, whatever the size of the image: one of them is global pooling. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, number, select } from '../../ir/expr.ts';
import { firstMax } from '../../ir/first-max.ts';
import type { ValueId } from '../../ir/program.ts';
import { constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { along, ofAxes, perAxis, showPerAxis } from '../per-axis.ts';
import { expectOneEach, rank } from '../pooling.ts';
import { slidAxes } from '../spatial-axes.ts';
import { perAxisCode, withOneBatch } from '../torch-images.ts';

/** Window i of `count` on an axis of n elements is ⌊i n / count⌋ … ⌈(i + 1) n / count⌉ − 1, as in PyTorch. */
const windowOf = (i: number, count: number, n: number): readonly [from: number, to: number] => [
  Math.floor((i * n) / count),
  Math.ceil(((i + 1) * n) / count),
];

/** Means along axis d: a product with a matrix whose rows are the shares of each window. */
function means(ir: Builder, x: ValueId, d: number, count: number): ValueId {
  const shape = ir.shape(x);
  const n = shape[d] as number;
  const labels = shape.map((_, axis) => axis);
  if (count === 1) return ir.reshape(ir.mean(x, [d]), shape.with(d, 1));
  const shares = Array.from({ length: count }, (_, i) => {
    const [from, to] = windowOf(i, count, n);
    return Array.from({ length: n }, (_, place) => (place >= from && place < to ? 1 / (to - from) : 0));
  });
  const matrix = ir.constant([count, n], shares.flat());
  return ir.contract([x, matrix], [labels, [labels.length, d]], labels.with(d, labels.length));
}

/** Largest elements along axis d: windows of one length, and −∞ where they are longer than theirs. */
function maxima(ir: Builder, x: ValueId, d: number, count: number): ValueId {
  const shape = ir.shape(x);
  const n = shape[d] as number;
  if (n % count === 0) {
    return firstMax(ir, ir.reshape(x, shape.toSpliced(d, 1, count, n / count)), d + 1);
  }
  const windows = Array.from({ length: count }, (_, i) => windowOf(i, count, n));
  const length = Math.max(...windows.map(([from, to]) => to - from));
  const places = windows.flatMap(([from, to]) =>
    Array.from({ length }, (_, k) => [Math.min(from + k, n - 1), from + k < to ? 1 : 0] as const),
  );
  // A gather takes rows, so that the axis comes first.
  const axes = shape.map((_, axis) => axis);
  const others = axes.filter((axis) => axis !== d);
  const rows = ir.transpose(x, [d, ...others]);
  const taken = ir.gather(
    rows,
    ir.constant(
      [count, length],
      places.map(([place]) => place),
    ),
  );
  const isInside = ir.constant(
    [count, length],
    places.map(([, inside]) => inside),
  );
  const all = ir.shape(taken).map((_, axis) => axis);
  const inside = select(binary('lt', number(0.5), arg(1)), arg(0), number(Number.NEGATIVE_INFINITY));
  const largest = firstMax(ir, ir.map([taken, isInside], inside, [all, [0, 1]], ir.shape(taken)), 1);
  return ir.transpose(
    largest,
    axes.map((axis) => (axis === d ? 0 : others.indexOf(axis) + 1)),
  );
}

export const adaptivePool = defineNode({
  type: 'adaptive-pool',
  category: 'layer',
  title: text('Adaptive pool', '自适应池化'),
  doc: text(
    'The mean or the largest element of each of so many windows, which cover the last two axes (or one) whatever their size. One window is global pooling: an image becomes one number for each channel.',
    '把最后两个轴（或一个轴）分成给定个数的窗口，取各窗口的平均或最大元素，与轴的大小无关。一个窗口即全局池化：每个通道的图像变为一个数。',
  ),
  glyph: '⊻',
  params: z.object({
    size: perAxis(2, 1)
      .meta({
        label: text('Windows', '窗口数'),
        doc: text('Along each axis: 1 is global pooling', '沿每个轴的个数：1 为全局池化'),
        widget: 'per-axis',
      })
      .default(1),
    take: z
      .enum(['average', 'max'])
      .default('average')
      .meta({
        label: text('Takes', '取'),
        options: { average: text('average', '平均'), max: text('maximum', '最大') },
      }),
    rank,
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ size, take, rank: count }) => `${take === 'max' ? 'max' : 'μ'} → ${showPerAxis(size, count)}`,
  infer(context) {
    const { params } = context;
    const axes = slidAxes(context, params.rank);
    if (!axes || !expectOneEach(context, 'size')) return {};
    const pooled = axes.space.map(({ name }, i) => ({ name, size: constant(along(params.size, i)) }));
    return { y: { axes: [...axes.before, ...pooled] } };
  },
  lower({ params, inputs, ir }) {
    let y = inputs.x as ValueId;
    const first = ir.shape(y).length - params.rank;
    const pool = params.take === 'max' ? maxima : means;
    for (const [i, count] of [...ofAxes(params.size, params.rank).entries()].reverse())
      y = pool(ir, y, first + i, count);
    return { y };
  },
  torch({ params, inputs, inputTypes }) {
    const kind = params.take === 'max' ? 'max' : 'avg';
    const size = perAxisCode(ofAxes(params.size, params.rank));
    const pool = (x: string) => `F.adaptive_${kind}_pool${params.rank}d(${x}, ${size})`;
    return { y: withOneBatch(inputs.x as string, inputTypes.x?.axes.length ?? 0, params.rank + 1, pool) };
  },
  examples: [
    {
      // torch.nn.functional.adaptive_avg_pool2d(x, (3, 2))
      params: { size: [3, 2] },
      inputs: {
        x: {
          axes: 'c 2, h 4, w 5',
          values: [
            2.5, -4.5, 1, -1.75, -0.5, -3, -4.25, 4.5, 4.25, -2.25, 2, 2.75, 1.75, -3.75, 0.5, 0, -1, -3.25,
            0.25, 1.25, 3.25, -3.5, 3.5, -1.25, -0.75, 0.75, -2.5, 4, 1.5, 2.25, 3, -4, -2, -1.5, -4.75, 3.75,
            -0.25, 4.75, -2.75, -5,
          ],
        },
      },
      expect: {
        y: {
          axes: 'c 2, h 3, w 2',
          values: [
            -0.625, 0.875, 0.625, 0.8333333333333334, 0.375, -0.5416666666666666, 0.9166666666666666,
            1.5416666666666667, -0.125, -0.08333333333333333, 0.875, -1.875,
          ],
        },
      },
    },
    {
      // torch.nn.functional.adaptive_max_pool2d(x, (3, 2))
      params: { size: [3, 2], take: 'max' },
      inputs: {
        x: {
          axes: 'c 2, h 4, w 5',
          values: [
            2.5, -4.5, 1, -1.75, -0.5, -3, -4.25, 4.5, 4.25, -2.25, 2, 2.75, 1.75, -3.75, 0.5, 0, -1, -3.25,
            0.25, 1.25, 3.25, -3.5, 3.5, -1.25, -0.75, 0.75, -2.5, 4, 1.5, 2.25, 3, -4, -2, -1.5, -4.75, 3.75,
            -0.25, 4.75, -2.75, -5,
          ],
        },
      },
      expect: {
        y: { axes: 'c 2, h 3, w 2', values: [4.5, 4.5, 4.5, 4.5, 2.75, 1.75, 4, 4, 4, 4, 4.75, 4.75] },
      },
    },
    {
      // torch.nn.functional.adaptive_avg_pool2d(x, 1)
      params: {},
      inputs: {
        x: {
          axes: 'c 2, h 4, w 5',
          values: [
            2.5, -4.5, 1, -1.75, -0.5, -3, -4.25, 4.5, 4.25, -2.25, 2, 2.75, 1.75, -3.75, 0.5, 0, -1, -3.25,
            0.25, 1.25, 3.25, -3.5, 3.5, -1.25, -0.75, 0.75, -2.5, 4, 1.5, 2.25, 3, -4, -2, -1.5, -4.75, 3.75,
            -0.25, 4.75, -2.75, -5,
          ],
        },
      },
      expect: { y: { axes: 'c 2, h 1, w 1', values: [-0.175, -0.075] } },
    },
    {
      // torch.nn.functional.adaptive_max_pool1d(x, 3)
      params: { size: 3, take: 'max', rank: 1 },
      inputs: {
        x: {
          axes: 'c 4, t 6',
          values: [
            2.5, -4.5, 1, -1.75, -0.5, -3, 2, 2.75, 1.75, -3.75, 0.5, 0, 3.25, -3.5, 3.5, -1.25, -0.75, 0.75,
            3, -4, -2, -1.5, -4.75, 3.75,
          ],
        },
      },
      expect: {
        y: { axes: 'c 4, t 3', values: [2.5, 1, -0.5, 2.75, 1.75, 0.5, 3.25, 3.5, 0.75, 3, -1.5, 3.75] },
      },
    },
    {
      // torch.nn.functional.adaptive_avg_pool1d(x, 3)
      params: { size: 3, rank: 1 },
      inputs: { x: { axes: 'c 2, t 2', values: [2.5, -4.5, 2, 2.75] } },
      expect: { y: { axes: 'c 2, t 3', values: [2.5, -1, -4.5, 2, 2.375, 2.75] } },
    },
  ],
});
