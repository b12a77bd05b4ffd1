/** The lessons: learning is physics, one idea each, in the order in which they are learnt. */
import { text } from '../src/base/text.ts';
import { lesson, type Template } from './template.ts';

const listed: readonly Template[] = [
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
];

/** A lesson that comes in several graphs has them one after the other, as they are listed. */
export const lessons: readonly Template[] = listed.toSorted(
  (a, b) => (a.lesson?.number ?? 0) - (b.lesson?.number ?? 0),
);
