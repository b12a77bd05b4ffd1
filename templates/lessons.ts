/** The lessons: learning is physics, one idea each, in the order in which they are learnt. */
import { text } from '../src/base/text.ts';
import { heatLessons } from './heat-lessons.ts';
import { symmetryLessons } from './symmetry-lessons.ts';
import { lesson, type Template } from './template.ts';

const listed: readonly Template[] = [
  lesson({
    number: 2,
    name: 'delta-trace',
    title: text('Glue indices with deltas', '用 δ 粘合指标'),
    sentence: text(
      'Kronecker deltas tie indices together and cost nothing: S = tr(AB).',
      'δ 张量把指标系在一起，而且不费计算：S = tr(AB)。',
    ),
    file: () => import('./delta-trace.graph.json'),
    words: [
      text('close all indices', '闭合所有指标'),
      text('what is multiplied', '真正相乘的'),
      text('no delta is left', '没有 δ 剩下'),
    ],
  }),
  lesson({
    number: 3,
    name: 'matmul',
    title: text('A matrix product is a contraction', '矩阵乘积就是收缩'),
    sentence: text('Two matrices share an index; see it close.', '两个矩阵共有一个指标；看它闭合。'),
    file: () => import('./matmul.graph.json'),
    words: [
      text('all products', '所有乘积'),
      text('sum over j', '对 j 求和'),
      text('contraction = loops', '收缩 = 循环'),
      text('multiply-adds', '乘加次数'),
      text('how many products', '乘积的个数'),
      text('cost = i · j · k', '代价 = i · j · k'),
    ],
  }),
  ...heatLessons,
  ...symmetryLessons,
];

/** A lesson that comes in several graphs has them one after the other, as they are listed. */
export const lessons: readonly Template[] = listed.toSorted(
  (a, b) => (a.lesson?.number ?? 0) - (b.lesson?.number ?? 0),
);
