/** The lesson of the open document, and where in it the student stands. */
import { useEffect, useMemo, useRef } from 'react';
import { type Goal, type Lesson, type LessonStep, readLesson } from '../../../graph-schema/lesson.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { changePlace, finishLesson, type LessonStanding, placeIn, useProgress } from './lesson-progress.ts';

/** The lesson of the document, or what keeps it from being one. */
export const useWritten = () => useEditorState((s) => readLesson(s.document));

/** Undefined where the document has none, or one that cannot be read. */
export function useLesson(): Lesson | undefined {
  const read = useWritten();
  return read && 'value' in read ? read.value : undefined;
}

/** Steps by their places in the lesson; the last one is where it ends. */
export interface LessonWalk {
  readonly lesson: Lesson;
  readonly place: LessonStanding;
  readonly step: LessonStep;
  readonly index: number;
  readonly isDone: (step: LessonStep) => boolean;
  go(index: number): void;
  /** What the student answers to the question of the step; undefined takes it back. */
  guess(answer: number | undefined): void;
  /** The goal of the step is reached: that stays, whatever is done next. */
  reach(): void;
}

export function useWalk(lesson: Lesson): LessonWalk {
  const id = useSessionState((s) => s.id);
  const place = useProgress((s) => placeIn(s, id));
  useFollowedCopy(id, place);
  return useMemo(() => {
    const at = lesson.steps.findIndex((step) => step.id === place.step);
    const index = Math.max(0, at);
    const step = lesson.steps[index] as LessonStep;
    const last = lesson.steps.length - 1;
    const done = new Set(place.done);
    const withDone = (...ids: string[]) => [...new Set([...place.done, ...ids])];
    return {
      lesson,
      place,
      step,
      index,
      isDone: ({ id }) => done.has(id),
      go(to) {
        const next = lesson.steps[Math.min(last, Math.max(0, to))];
        // A step that asks for nothing is done when it has been read.
        const read = to > index && !step.goal && !step.guess ? withDone(step.id) : place.done;
        if (next) changePlace(id, { step: next.id, done: read });
        if (to > last) finishLesson(id);
      },
      guess(answer) {
        const { [step.id]: _, ...others } = place.guesses;
        changePlace(id, { guesses: answer === undefined ? others : { ...others, [step.id]: answer } });
      },
      reach() {
        if (done.has(step.id)) return;
        changePlace(id, { done: withDone(step.id) });
        if (index === last) finishLesson(id);
      },
    };
  }, [lesson, place, id]);
}

/** The same walk as it looks from another step. */
export const walkAt = (walk: LessonWalk, index: number): LessonWalk => ({
  ...walk,
  index,
  step: walk.lesson.steps[index] ?? walk.step,
});

const asksToRun = (goal: Goal | undefined): boolean =>
  goal !== undefined && (goal.kind === 'ran' || ('of' in goal && goal.of.some(asksToRun)));

/** Places of earlier steps whose guesses are answered by the run of this one: the first that asks for one. */
export function answeredHere({ lesson: { steps }, place, index }: LessonWalk): readonly number[] {
  if (!asksToRun(steps[index]?.goal)) return [];
  const before = steps.slice(0, index);
  const last = before.findLastIndex((step) => asksToRun(step.goal));
  return before.flatMap((step, i) =>
    i > last && step.guess?.reveal && place.guesses[step.id] !== undefined ? [i] : [],
  );
}

/** A document that goes on as a copy takes its place in the lesson along. */
function useFollowedCopy(id: string, place: LessonStanding): void {
  const before = useRef({ id, place });
  useEffect(() => {
    if (before.current.id !== id && place.at === 0) changePlace(id, before.current.place);
    else before.current = { id, place };
  }, [id, place]);
}
