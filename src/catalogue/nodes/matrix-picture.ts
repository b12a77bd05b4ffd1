/** A matrix as colours, with its digits where it is small. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { picturesInTorch, unsupported } from '../torch.ts';

export const matrixPicture = defineNode({
  type: 'matrix-picture',
  category: 'picture',
  picture: 'matrix',
  title: text('Matrix picture', '矩阵图'),
  doc: text(
    'The last two axes as rows and columns of a heat map: warm above zero, cool below, paler towards it, with digits where there is room. Axes before them are looked at one place at a time; time t moves by the clock.',
    '最后两个轴作为热图的行与列：暖色为正，冷色为负，越近零越淡；放得下时写出数字。更前面的轴逐个位置查看；时间 t 随时钟走动。',
  ),
  glyph: '▩',
  params: z.object({
    digits: z
      .boolean()
      .default(true)
      .meta({ label: text('Digits', '写出数字'), doc: text('Where there is room', '放得下时') }),
    most: z
      .number()
      .positive()
      .optional()
      .meta({
        label: text('Full colour at', '满色对应的值'),
        doc: text('Empty: the largest magnitude there is', '留空则为现有的最大绝对值'),
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [],
  infer: () => ({}),
  lower: () => ({}),
  torch: unsupported(picturesInTorch),
  examples: [
    { inputs: { x: { axes: 'i 3, j 2' } }, expect: {} },
    { params: { most: 1 }, inputs: { x: { axes: 't 2, i 3, j 3' } }, expect: {} },
  ],
});
