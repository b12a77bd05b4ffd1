/** Words of the path through the lessons. */
import { text } from '../../base/text.ts';

export const pathWords = {
  lessons: text('Lessons', '课程'),
  lessonsSay: text(
    'Physics and learning, one idea at a time. Each checks itself in your own run.',
    '物理与学习，一次一个想法。每一课都在您自己的运行中检验自己。',
  ),
  lessonsDone: text('{done} of {count} done', '已完成 {done} / {count}'),
  lessonDone: text('Done', '已完成'),
  lessonBegun: text('Begun', '进行中'),
  beginHere: text('Begin here', '从这里开始'),
  goOnHere: text('Continue', '继续'),
  resetLessons: text('Forget my progress', '清除进度'),
  resetAsk: text('Forget which lessons are done? Your graphs stay.', '清除课程进度？您的图会保留。'),
  resetYes: text('Forget', '清除'),
  keep: text('Keep', '保留'),
} as const;
