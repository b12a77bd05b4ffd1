/** Spirals that wind into each other: a problem that one hidden layer finds hard. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { classCount, planeSet } from './plane-set.ts';

export const spirals = planeSet({
  name: 'spirals',
  title: text('Spirals', '螺旋'),
  doc: text(
    'Points on spirals that wind about one centre, one for each class, with normal noise; generated from the seed. After K. Lang and M. Witbrock, Learning to tell two spirals apart (1988).',
    '绕同一中心的螺旋上的点，每类一条，带正态噪声；由种子生成。参照 K. Lang 与 M. Witbrock，Learning to tell two spirals apart（1988）。',
  ),
  defaults: { samples: 600, noise: 0.03 },
  options: {
    classes: classCount(2),
    /** How often each winds about the centre, from radius 0.1 to radius 1. */
    turns: z
      .number()
      .min(0)
      .max(5)
      .default(1.5)
      .meta({ label: text('Turns', '圈数') }),
  },
  classes: ({ classes }) => classes,
  point(row, u, _, { classes, turns }) {
    const label = row % classes;
    const radius = 0.1 + 0.9 * u;
    const angle = 2 * Math.PI * (turns * u + label / classes);
    return [radius * Math.cos(angle), radius * Math.sin(angle), label];
  },
});
