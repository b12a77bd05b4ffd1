/** Points in the plane that somebody has drawn by hand. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineDataSet } from '../dataset.ts';

const MOST = 10_000;
const MOST_CLASSES = 10;

/** Across, up, class. */
const point = z.tuple([
  z.number(),
  z.number(),
  z
    .int()
    .min(0)
    .max(MOST_CLASSES - 1),
]);

/** To begin with: two classes that a line parts. */
const first: readonly z.output<typeof point>[] = [
  [-0.6, -0.4, 0],
  [-0.4, 0.1, 0],
  [-0.7, 0.3, 0],
  [0.5, 0.4, 1],
  [0.6, -0.2, 1],
  [0.3, 0.6, 1],
];

export const drawnPoints = defineDataSet({
  name: 'drawn',
  title: text('Drawn by hand', '手绘的点'),
  doc: text(
    'Points that are drawn in the plane, −1 … 1 either way, in up to ten classes.',
    '在平面上手绘的点，横纵均为 −1 … 1，最多十个类别。',
  ),
  options: z.object({
    points: z
      .array(point)
      .min(2)
      .max(MOST)
      .default([...first])
      .meta({
        label: text('Points', '点'),
        doc: text('Across, up, class', '横坐标、纵坐标、类别'),
        widget: 'points',
      }),
  }),
  columns: ({ points }) => [
    { name: 'x', axes: [{ name: 'f', size: 2 }] },
    { name: 'y', axes: [], classes: Math.max(1, ...points.map(([, , label]) => label)) + 1 },
  ],
  rows: ({ points }) => points.length,
  load: async ({ points }) => ({
    x: Float32Array.from(points.flatMap((drawn) => drawn.slice(0, 2))),
    y: Float32Array.from(points, ([, , label]) => label),
  }),
});
