/** The lessons: learning is physics, one idea each, in the order in which they are learnt. */
import { text } from '../src/base/text.ts';
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
  lesson({
    number: 10,
    onReference: false,
    name: 'langevin-escape',
    title: text('Heat escapes local minima', '热能逃出局部极小'),
    sentence: text(
      'A ball that rolls downhill stays in its valley; walkers in heat leave it, at Kramers’ rate.',
      '只会下坡的小球留在谷中；带热的行走者以克拉默斯速率离开。',
    ),
    file: () => import('./langevin-escape.graph.json'),
    words: [
      text('time step η', '时间步长 η'),
      text('temperature T', '温度 T'),
      text('ball', '小球'),
      text('walkers', '行走者'),
      text('valleys of the ball', '小球的山谷'),
      text('valleys of the walkers', '行走者的山谷'),
      text('descent', '下降'),
      text('descent in heat', '带热的下降'),
      text('escape', '逃逸'),
      text('the ball stays', '小球不离开'),
      text('rate against Kramers', '速率与克拉默斯公式'),
      text('the valleys', '山谷'),
    ],
  }),
  lesson({
    number: 11,
    onReference: false,
    name: 'boltzmann',
    title: text('Equilibrium is Boltzmann’s', '平衡就是玻尔兹曼分布'),
    sentence: text(
      'A hundred thousand walkers find the curve that Boltzmann wrote down.',
      '十万个行走者，落在玻尔兹曼写下的曲线上。',
    ),
    file: () => import('./boltzmann.graph.json'),
    words: [
      text('temperature T', '温度 T'),
      text('walkers', '行走者'),
      text('potential of the walkers', '行走者的势能'),
      text('small steps in heat', '热中的小步'),
      text('histogram of the walkers', '行走者的直方图'),
      text('Boltzmann density', '玻尔兹曼密度'),
      text('walkers and Boltzmann', '行走者与玻尔兹曼'),
      text('histogram against Boltzmann', '直方图与玻尔兹曼'),
      text('time step η', '时间步长 η'),
      text('springs', '弹簧'),
      text('potential of the springs', '弹簧的势能'),
      text('large steps in heat', '热中的大步'),
      text('variance of the springs', '弹簧的方差'),
    ],
  }),
  lesson({
    number: 12,
    onReference: false,
    name: 'wide-valleys',
    title: text('Wide valleys win', '宽谷胜出'),
    sentence: text(
      'Of two valleys equally deep, walkers in heat fill the wide one.',
      '两个一样深的山谷，热中的行走者更多地在宽谷。',
    ),
    file: () => import('./wide-valleys.graph.json'),
    words: [
      text('temperature T', '温度 T'),
      text('walkers', '行走者'),
      text('narrow and wide valley', '窄谷与宽谷'),
      text('motion in heat', '热中的运动'),
      text('histogram of the walkers', '行走者的直方图'),
      text('Boltzmann density', '玻尔兹曼密度'),
      text('walkers and Boltzmann', '行走者与玻尔兹曼'),
      text('the valleys', '山谷'),
      text('wide : narrow', '宽 : 窄'),
    ],
  }),
  ...symmetryLessons,
];

/** A lesson that comes in several graphs has them one after the other, as they are listed. */
export const lessons: readonly Template[] = listed.toSorted(
  (a, b) => (a.lesson?.number ?? 0) - (b.lesson?.number ?? 0),
);
