/** Codes of compiler/check about the lesson of a document; they stand in the way of nothing. */
import { text } from '../text.ts';
import { type Entry, info, warning } from './entry.ts';

export const lessonCodes = {
  'lesson-shape': warning(
    text('The lesson cannot be shown: {at}: {detail}.', '无法显示课程：{at}：{detail}。'),
    text('Correct it in the editor of the lesson, or as JSON.', '请在课程编辑器中修正，或直接修改 JSON。'),
  ),
  'lesson-fault': warning(
    text('The lesson, {at}: {detail}.', '课程 {at}：{detail}。'),
    text('Correct it in the editor of the lesson, or as JSON.', '请在课程编辑器中修正，或直接修改 JSON。'),
  ),
  'lesson-reference': info(
    text('{place}: there is no {what} “{name}”.', '{place}：没有{what}“{name}”。'),
    text('Bring it back, or name another in the lesson.', '请把它恢复，或在课程中改用其他名称。'),
  ),
} as const satisfies Record<string, Entry>;
