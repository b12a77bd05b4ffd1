/** What is wrong with the lesson of a document: its shape, its words, and what it speaks of that is not there. */
import { readLesson } from '../../../graph-schema/lesson.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { text } from '../../base/text.ts';
import { lessonFaults } from '../../document/lesson/faults.ts';
import type { CheckedDocument } from '../../document/lesson/lesson-state.ts';
import { danglingReferences } from '../../document/lesson/references.ts';

export function tellLesson(at: CheckedDocument): readonly Diagnostic[] {
  const read = readLesson(at.document);
  if (!read) return [];
  if ('faults' in read) {
    const [{ path, detail }] = read.faults;
    const place = ['lesson', ...path];
    return [diagnose('lesson-shape', { path: place }, { at: place.join('.'), detail })];
  }
  const faults = lessonFaults(read.value).map(({ path, detail }) => {
    const place = ['lesson', ...path];
    return diagnose('lesson-fault', { path: place }, { at: place.join('.'), detail });
  });
  const dangling = danglingReferences(read.value, at).map(({ step, path, what, name }) => {
    const place =
      step === undefined
        ? text('The checks of the lesson', '课程的检验')
        : text(`Step “${step.title.en}” of the lesson`, `课程步骤“${step.title.zh}”`);
    return diagnose('lesson-reference', { path: ['lesson', ...path] }, { place, what, name });
  });
  return [...faults, ...dangling];
}
