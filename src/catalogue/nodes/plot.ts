/** Curves and points: y against x, several series in one drawing. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import {
  axisLabel,
  expectCoordinates,
  expectPlaces,
  meetPlaces,
  placeOfCurve,
  seriesNames,
  seriesPorts,
  wiredSeries,
} from '../picture-axes.ts';
import { picturesInTorch, unsupported } from '../torch.ts';

export const plot = defineNode({
  type: 'plot',
  category: 'picture',
  picture: 'plot',
  title: text('Plot', '曲线图'),
  doc: text(
    'Draws y against x. A series a, b, c … runs along the axis of x where x is wired, else along time t, else along its last axis; a curve for each place of its other axes. A single number is a level line. Time t moves by the clock.',
    '绘制 y 对 x 的曲线。接入 x 时各序列 a, b, c …沿 x 的轴展开，否则沿时间 t，再否则沿最后一个轴；其余每个位置各成一条曲线。单个数画成水平线。时间 t 随时钟走动。',
  ),
  glyph: '∿',
  params: z.object({
    style: z
      .enum(['lines', 'points', 'both', 'stems'])
      .default('lines')
      .meta({
        label: text('Drawn as', '画法'),
        options: {
          lines: text('lines', '折线'),
          points: text('points', '点'),
          both: text('lines and points', '折线与点'),
          stems: text('stems', '茎叶线'),
        },
      }),
    pairs: z
      .boolean()
      .default(false)
      .meta({
        label: text('Series of points', '序列为点'),
        doc: text(
          'The last axis of each series, of 2, holds x and y of its points; x is not wired',
          '各序列的最后一个轴（大小为 2）是点的 x 与 y；不接 x',
        ),
      }),
    logX: z
      .boolean()
      .default(false)
      .meta({ label: text('Logarithmic x', '对数 x 轴') }),
    logY: z
      .boolean()
      .default(false)
      .meta({ label: text('Logarithmic y', '对数 y 轴') }),
    from: z
      .number()
      .optional()
      .meta({
        label: text('x from', 'x 起点'),
        doc: text(
          'Without x: each series runs evenly from here to the end; empty: by number, from 0',
          '未接 x 时各序列由此均匀延伸到终点；留空则按序号，从 0 起',
        ),
      }),
    to: z
      .number()
      .optional()
      .meta({ label: text('x to', 'x 终点') }),
    xName: axisLabel('x'),
    yName: axisLabel('y'),
    names: seriesNames,
  }),
  inputs: ({ wired }) => [{ name: 'x', optional: true }, ...seriesPorts(wired, true)],
  outputs: [],
  summary: ({ xName, yName }) => `${yName || 'y'} / ${xName || 'x'}`,
  infer(context) {
    const { inputs, params } = context;
    const along = inputs.x && expectPlaces(context, 'x');
    for (const port of wiredSeries(inputs)) {
      if (params.pairs) {
        expectCoordinates(context, port);
        continue;
      }
      const axes = inputs[port]?.axes ?? [];
      if (along && axes.length > 0) meetPlaces(context, 'x', axes[placeOfCurve(axes, along.name)], axes);
    }
    return {};
  },
  lower: () => ({}),
  torch: unsupported(picturesInTorch),
  examples: [
    { inputs: { a: { axes: 't 4' } }, expect: {} },
    {
      inputs: { x: { axes: 'k 3' }, a: { axes: 'k 3' }, b: { axes: 't 2, k 3' }, c: { axes: '' } },
      expect: {},
    },
    { params: { pairs: true, logX: true }, inputs: { a: { axes: 'k 3, xy 2' } }, expect: {} },
  ],
});
