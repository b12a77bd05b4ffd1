/** Changes of a lesson as its authors make them: JSON to JSON, none of it is changed in place. */
import type { Lesson, LessonStep } from '../../../../graph-schema/lesson.ts';

/** A list with one entry moved by so many places, as far as the list goes. */
export function moved<T>(list: readonly T[], from: number, by: number): readonly T[] {
  const to = Math.min(list.length - 1, Math.max(0, from + by));
  const entry = list[from];
  return entry === undefined ? list : list.toSpliced(from, 1).toSpliced(to, 0, entry);
}

const empty = { en: '', zh: '' };

/** A step that says nothing yet, under an id that no other has. */
export function newStep(steps: readonly Pick<LessonStep, 'id'>[]): LessonStep {
  const taken = new Set(steps.map(({ id }) => id));
  let number = steps.length + 1;
  while (taken.has(`step-${number}`)) number++;
  return { id: `step-${number}`, kind: 'see', title: empty, text: empty };
}

export const newLesson = (name: string): Lesson => ({
  title: { en: name, zh: name },
  idea: empty,
  steps: [newStep([])],
  checks: [],
});
