/** A circle within a circle: no straight line tells them apart, the distance to the centre does. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { planeSet } from './plane-set.ts';

export const circles = planeSet({
  name: 'circles',
  title: text('Circles', '同心圆'),
  doc: text(
    'Points on two circles about one centre, the outer of radius 1 (class 0) and the inner (class 1), with normal noise; generated from the seed.',
    '两个同心圆上的点，外圆半径为 1（类别 0），内圆为类别 1，带正态噪声；由种子生成。',
  ),
  defaults: { samples: 400, noise: 0.1 },
  options: {
    /** Radius of the inner circle. */
    factor: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .meta({ label: text('Inner radius', '内圆半径') }),
  },
  classes: () => 2,
  point(row, u, _, { factor }) {
    const label = row % 2;
    const radius = label ? factor : 1;
    return [radius * Math.cos(2 * Math.PI * u), radius * Math.sin(2 * Math.PI * u), label];
  },
});
