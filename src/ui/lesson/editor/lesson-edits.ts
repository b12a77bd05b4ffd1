/** Changes of a lesson as its authors make them: JSON to JSON, none of it is changed in place. */
import type { Lesson, LessonStep } from '../../../../graph-schema/lesson.ts';

/** Where something stands in a lesson: keys of records, places in lists. */
export type LessonPath = readonly (string | number)[];

/**
 * The same value with something else at a path. `undefined` takes it out: of a list, so that what follows moves up.
 * A place one past the end of a list adds to it; a record on the way that is not there is made.
 */
export function withAt(value: unknown, path: LessonPath, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) {
    const at = Number(key);
    const inner = withAt(value[at], rest, next);
    return inner === undefined ? value.toSpliced(at, 1) : value.toSpliced(at, 1, inner);
  }
  const record = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const inner = withAt(Object.hasOwn(record, key) ? record[key] : undefined, rest, next);
  const { [key]: _, ...others } = record;
  // A key that is there keeps its place.
  if (inner === undefined) return others;
  return Object.hasOwn(record, key) ? { ...record, [key]: inner } : { ...others, [key]: inner };
}

export function valueAt(value: unknown, path: LessonPath): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

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
