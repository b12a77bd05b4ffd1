/** A potential as a curve, contours or a surface, with balls, paths and ensembles on it. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import {
  axisLabel,
  expectCoordinates,
  expectRank,
  meetPlaces,
  rangeOfX,
  rangeOfY,
  seriesNames,
  seriesPorts,
  wiredSeries,
} from '../picture-axes.ts';
import { picturesInTorch, unsupported } from '../torch.ts';

export const landscape = defineNode({
  type: 'landscape',
  category: 'picture',
  picture: 'landscape',
  title: text('Landscape', '势能图'),
  doc: text(
    'Draws a potential U[x] as a curve or U[x, y] as contours or a surface: its first axis is x, the next y. On it a, b, c … are places: in one dimension each number is one, in two the last axis of 2 holds x and y. Along time t a place is a path; without t its path is that of the run.',
    '把势能 U[x] 画成曲线，或把 U[x, y] 画成等高线或曲面：第一个轴为 x，第二个为 y。其上的 a, b, c …是位置：一维时每个数是一处，二维时大小为 2 的最后一个轴为 x 与 y。沿时间 t 成路径；没有 t 时为训练中走过的路径。',
  ),
  glyph: '∪',
  params: z.object({
    view: z
      .enum(['contours', 'surface'])
      .default('contours')
      .meta({
        label: text('Two dimensions as', '二维画法'),
        options: { contours: text('contours', '等高线'), surface: text('surface', '曲面') },
      }),
    ...rangeOfX,
    ...rangeOfY,
    xName: axisLabel('x'),
    yName: axisLabel('y'),
    names: seriesNames,
  }),
  inputs: ({ wired }) => [
    { name: 'potential', title: text('potential', '势能') },
    { name: 'x', optional: true },
    { name: 'y', optional: true },
    ...seriesPorts(wired, false),
  ],
  outputs: [],
  summary: ({ xName, yName }, wired) =>
    yName || wired.includes('y') ? `U(${xName || 'x'}, ${yName || 'y'})` : `U(${xName || 'x'})`,
  infer(context) {
    const grid = expectRank(context, 'potential', [1, 2]);
    if (!grid) return {};
    meetPlaces(context, 'x', grid[0], grid);
    meetPlaces(context, 'y', grid[1], grid);
    if (grid.length === 2) for (const port of wiredSeries(context.inputs)) expectCoordinates(context, port);
    return {};
  },
  lower: () => ({}),
  torch: unsupported(picturesInTorch),
  examples: [
    { inputs: { potential: { axes: 'x 5' }, x: { axes: 'x 5' }, a: { axes: 't 3' } }, expect: {} },
    {
      params: { view: 'surface' },
      inputs: {
        potential: { axes: 'x 4, y 3' },
        x: { axes: 'x 4' },
        y: { axes: 'y 3' },
        a: { axes: 'xy 2' },
        b: { axes: 't 6, chain 2, xy 2' },
      },
      expect: {},
    },
  ],
});
