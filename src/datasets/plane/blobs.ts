/** Clouds of points about centres on a circle: what a straight line or two can tell apart. */
import { text } from '../../base/text.ts';
import { classCount, planeSet } from './plane-set.ts';

export const blobs = planeSet({
  name: 'blobs',
  title: text('Blobs', '点团'),
  doc: text(
    'Normal clouds of points, one for each class, about centres that are evenly spaced on the circle of radius 1; the noise is the width of a cloud. Generated from the seed.',
    '正态分布的点团，每类一团，中心等距分布在半径为 1 的圆上；噪声即点团的宽度。由种子生成。',
  ),
  defaults: { samples: 300, noise: 0.25 },
  options: { classes: classCount(3) },
  classes: ({ classes }) => classes,
  point(row, _u, _v, { classes }) {
    const label = row % classes;
    const angle = (2 * Math.PI * label) / classes;
    return [Math.cos(angle), Math.sin(angle), label];
  },
});
