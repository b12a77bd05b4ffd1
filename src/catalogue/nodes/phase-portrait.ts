/** The arrows of a field over the plane, and trajectories through it. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import {
  axisLabel,
  expectCoordinates,
  meetPlaces,
  rangeOfX,
  rangeOfY,
  seriesNames,
  seriesPorts,
  timeAxis,
  wiredSeries,
} from '../picture-axes.ts';
import { picturesInTorch, unsupported } from '../torch.ts';

export const phasePortrait = defineNode({
  type: 'phase-portrait',
  category: 'picture',
  picture: 'phase-portrait',
  title: text('Phase portrait', '相图'),
  doc: text(
    'Arrows of a field f[x, y, 2] on a grid, and trajectories a, b, c … whose last axis of 2 holds x and y (position and momentum). Along time t a trajectory is drawn up to the clock; other axes are trajectories side by side.',
    '网格上的场 f[x, y, 2] 画成箭头；轨线 a, b, c …的最后一个轴（大小为 2）为 x 与 y（位置与动量）。沿时间 t 画到时钟所在处；其余轴为并列的轨线。',
  ),
  glyph: '↺',
  params: z.object({
    ...rangeOfX,
    ...rangeOfY,
    xName: axisLabel('x'),
    yName: axisLabel('y'),
    names: seriesNames,
  }),
  inputs: ({ wired }) => [
    { name: 'field', title: text('field', '场'), optional: true },
    { name: 'x', optional: true },
    { name: 'y', optional: true },
    ...seriesPorts(wired, false),
  ],
  outputs: [],
  summary: ({ xName, yName }) => `${xName || 'x'}, ${yName || 'y'}`,
  infer(context) {
    const { inputs, report } = context;
    const field = inputs.field && expectCoordinates(context, 'field');
    if (field) {
      const grid = field.filter(({ name }) => name !== timeAxis);
      if (grid.length === 2) {
        meetPlaces(context, 'x', grid[0], grid);
        meetPlaces(context, 'y', grid[1], grid);
      } else {
        const axes = inputs.field?.axes.map(({ name }) => name).join(', ') ?? '–';
        report(
          'rank-mismatch',
          { port: 'field' },
          { what: 'field', actual: grid.length + 1, axes, expected: 3 },
        );
      }
    }
    for (const port of wiredSeries(inputs)) expectCoordinates(context, port);
    return {};
  },
  lower: () => ({}),
  torch: unsupported(picturesInTorch),
  examples: [
    { inputs: { field: { axes: 'x 4, y 3, xy 2' }, x: { axes: 'x 4' }, y: { axes: 'y 3' } }, expect: {} },
    { inputs: { a: { axes: 't 5, xy 2' }, b: { axes: 't 5, start 3, xy 2' } }, expect: {} },
  ],
});
