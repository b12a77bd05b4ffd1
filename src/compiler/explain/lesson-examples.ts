/** Graphs that provoke the codes of lesson-codes.ts. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { lessonCodes } from '../../base/codes/lesson-codes.ts';
import { text } from '../../base/text.ts';
import { type Provocation, sketch, tensor } from './sketches.ts';

const taught = (lesson: GraphDocument['lesson']): Provocation => ({
  by: 'check',
  document: { ...sketch({ a: tensor('i 2'), p: { type: 'probe' } }, ['a.out > p.x']), lesson },
});
const words = text('A tensor', '张量');

export const lessonExamples: Readonly<Record<keyof typeof lessonCodes, Provocation>> = {
  'lesson-shape': taught({ title: words, idea: words, steps: [] }),
  'lesson-fault': taught({
    title: words,
    idea: text('The root is $\\sqrt{x + 1$', '根是 $\\sqrt{x + 1}$'),
    steps: [{ id: 'look', kind: 'see', title: words, text: words }],
  }),
  'lesson-reference': taught({
    title: words,
    idea: words,
    steps: [{ id: 'look', kind: 'see', title: words, text: words, look: [{ node: 'b' }] }],
  }),
};
