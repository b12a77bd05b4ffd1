/** Why the codes of lesson-codes.ts matter. */
import type { lessonCodes } from '../../../base/codes/lesson-codes.ts';
import { text } from '../../../base/text.ts';
import { type Explanation, explain } from './explanation.ts';

export const lessonExplanations: Readonly<Record<keyof typeof lessonCodes, Explanation>> = {
  'lesson-shape': explain(
    text('The lesson has a shape that nobody can show', '课程的结构无法显示'),
    text(
      'A lesson is data: steps with words in two languages, what to look at, a guess, a goal, and checks. At the place named something else stands, so the page shows no lesson; the graph itself is not touched by that.',
      '课程是数据：各步骤带有两种语言的文字、要看的内容、猜测、目标，以及检验。所指位置上的内容不合要求，页面便不显示课程；图本身不受影响。',
    ),
  ),
  'lesson-fault': explain(
    text('Something in the lesson cannot be meant', '课程中有不可能是本意的内容'),
    text(
      'The lesson is shown, but at the place named a language is missing, a range has its ends the wrong way round, so that no figure can lie in it, one check is listed twice, or a formula does not close its braces and would be shown as raw TeX.',
      '课程可以显示，但所指位置上缺少一种语言的文字，或区间两端颠倒而没有数值能落入，或同一检验列了两次，或公式的括号没有闭合而只能显示原始 TeX。',
    ),
  ),
  'lesson-reference': explain(
    text('The lesson speaks of something that is not there', '课程提到了不存在的东西'),
    text(
      'Steps point at nodes, wires and ports by their ids, and ask for figures by their names. What they name has gone from the drawing or was never there: it cannot be lit up, and a goal that needs it is never reached.',
      '步骤通过 id 指向节点、连线与端口，并按名称索取数值。所指之物已从图中消失，或从未有过：它无法被点亮，需要它的目标也永远达不到。',
    ),
  ),
};
