/** Tensors as networks of small tensors, in the order of the gallery. */
import { text } from '../src/base/text.ts';
import { type Template, template } from './template.ts';

export const networkTemplates: readonly Template[] = [
  template(
    'cp-decompose',
    text('CP decomposition', 'CP 分解'),
    text('Takes a tensor apart into the products it was made of.', '把张量拆回构成它的乘积。'),
    () => import('./cp-decompose.graph.json'),
  ),
  template(
    'tucker-compress',
    text('Tucker compression', 'Tucker 压缩'),
    text(
      'What a small form cannot hold is noise: compressing cleans.',
      '小的形式容不下的正是噪声：压缩即去噪。',
    ),
    () => import('./tucker-compress.graph.json'),
  ),
  template(
    'mps-digits',
    text('Digits by a matrix-product state', '矩阵乘积态识数字'),
    text(
      '64 pixels choose 64 matrices; their product tells the digit.',
      '64 个像素各选一个矩阵，其积说出数字。',
    ),
    () => import('./mps-digits.graph.json'),
  ),
];
