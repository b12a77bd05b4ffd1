/** Exclusive or: the four quadrants of a square, those across from each other alike. */
import { text } from '../../base/text.ts';
import { planeSet } from './plane-set.ts';

export const xor = planeSet({
  name: 'xor',
  title: text('XOR', '异或'),
  doc: text(
    'Points evenly spread over the square −1 … 1: class 1 where the signs of the two coordinates differ, before normal noise moves the points. Generated from the seed.',
    '均匀分布于正方形 −1 … 1 的点：两个坐标异号者为类别 1，随后加上正态噪声。由种子生成。',
  ),
  defaults: { samples: 400, noise: 0.05 },
  options: {},
  classes: () => 2,
  point: (_, u, v) => [2 * u - 1, 2 * v - 1, u < 0.5 === v < 0.5 ? 0 : 1],
});
