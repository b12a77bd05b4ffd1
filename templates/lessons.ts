/** The lessons: learning is physics, one idea each, in the order in which they are learnt. */
import { text } from '../src/base/text.ts';
import { descentLessons } from './descent-lessons.ts';
import { heatLessons } from './heat-lessons.ts';
import { symmetryLessons } from './symmetry-lessons.ts';
import { lesson, type Template } from './template.ts';

const listed: readonly Template[] = [
  lesson({
    number: 1,
    name: 'tensors',
    title: text('Tensors: number, arrow, map', '张量：数、向量、变换'),
    sentence: text(
      'A number, an arrow, a map and beyond: the rank is how many indices it takes.',
      '一个数、一个向量、一个变换，以及更多：阶就是所需指标的个数。',
    ),
    file: () => import('./tensors.graph.json'),
    words: [
      text('a number', '一个数'),
      text('an arrow', '一个向量'),
      text('a map', '一个变换'),
      text('a stack', '一叠'),
      text('ones', '全 1'),
      text('the arrow, turned', '转过的向量'),
      text('add them up', '全部相加'),
      text('rank 0', '0 阶'),
      text('rank 1', '1 阶'),
      text('rank 2', '2 阶'),
      text('rank 3', '3 阶'),
      text('elements', '元素个数'),
      text('rank and size', '阶与大小'),
    ],
  }),
  lesson({
    number: 4,
    name: 'contraction-order',
    title: text('The order costs, the result does not', '次序影响代价，不影响结果'),
    sentence: text(
      'Four tensors, six indices, eighteen orders: what does each cost?',
      '四个张量，六个指标，十八种次序：各要多少次运算？',
    ),
    file: () => import('./contraction-order.graph.json'),
    words: [
      text('one order', '一种次序'),
      text('another order', '另一种次序'),
      text('result', '结果'),
      text('same result', '结果相同'),
      text('at full size', '实际尺寸'),
      text('all at once', '一次全做'),
      text('greedy', '贪心'),
      text('best', '最优'),
      text('a chain', '一条链'),
      text('chain', '链'),
    ],
  }),
  lesson({
    number: 5,
    name: 'orthonormal',
    title: text('Matrices that keep lengths and angles', '保持长度与角度的矩阵'),
    sentence: text(
      'QᵀQ = I, made of any matrix by contractions alone.',
      'QᵀQ = I，只用收缩便可由任意矩阵造出。',
    ),
    file: () => import('./orthonormal.graph.json'),
    words: [
      text('the letter F', '字母 F'),
      text('F by A', 'F 经过 A'),
      text('F by Q', 'F 经过 Q'),
      text('before and after', '前与后'),
      text('products before', '之前的内积'),
      text('products after', '之后的内积'),
      text('lengths and angles', '长度与角度'),
    ],
  }),
  lesson({
    number: 7,
    name: 'rolling-downhill',
    title: text('Learning is rolling downhill', '学习就是滚下山坡'),
    sentence: text(
      'One step of training is one step against the slope: y₁ = y₀ − η U′(y₀).',
      '训练的一步就是逆着坡度的一步：y₁ = y₀ − η U′(y₀)。',
    ),
    file: () => import('./rolling-downhill.graph.json'),
    words: [
      text('ball', '小球'),
      text('step η', '步长 η'),
      text('descent', '下降'),
      text('the hill', '山坡'),
      text('start y₀', '起点 y₀'),
      text('U at the start', '起点处的 U'),
      text('slope', '坡度'),
      text('η · slope', 'η · 坡度'),
      text('downhill', '下坡'),
      text('one step', '一步'),
    ],
  }),
  lesson({
    number: 2,
    name: 'delta-trace',
    title: text('Glue indices with deltas', '用 δ 粘合指标'),
    sentence: text(
      'Kronecker deltas tie indices together: S = tr(AB).',
      'δ 张量把指标系在一起：S = tr(AB)。',
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
      text('cost', '代价'),
      text('how many products', '乘积的个数'),
      text('cost = i · j · k', '代价 = i · j · k'),
    ],
  }),
  ...descentLessons,
  ...heatLessons,
  ...symmetryLessons,
];

/** A lesson that comes in several graphs has them one after the other, as they are listed. */
export const lessons: readonly Template[] = listed.toSorted(
  (a, b) => (a.lesson?.number ?? 0) - (b.lesson?.number ?? 0),
);
