/** What the engine says of a lesson now: whether goals are met, the answers to guesses, the checks. */
import { useEffect, useMemo, useRef } from 'react';
import type { Goal, Guess } from '../../../graph-schema/lesson.ts';
import type { CheckedDocument, MeasuredState } from '../../document/lesson/lesson-state.ts';
import { measuredFigure } from '../../document/lesson/measured-figure.ts';
import { met } from '../../document/lesson/met.ts';
import type { CheckVerdict } from '../../worker/protocol.ts';
import { isOn } from '../run/run-state.ts';
import { useIsStale } from '../run/use-is-stale.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import type { LessonWalk } from './use-lesson.ts';

const none: readonly CheckVerdict[] = [];

/** What the checks of the document have measured last, by path. */
export const useChecks = (): readonly CheckVerdict[] => useSessionState((s) => s.shown.checks ?? none);

interface Now {
  readonly at: CheckedDocument;
  readonly measured: MeasuredState;
}

/** Whether the numbers that are shown are of the drawing as it is now: after an edit they come a moment later. */
function useIsSettled(): boolean {
  const revision = useEditorState((s) => s.structureRevision);
  const shown = useSessionState((s) => s.shown);
  const run = useSessionState((s) => s.run);
  const of = useRef({ shown, revision });
  if (of.current.shown !== shown) of.current = { shown, revision: isOn(run) ? run.revision : revision };
  return of.current.revision === revision;
}

const nothing = { values: {}, metrics: {}, checks: none, steps: 0 };

function useNow({ step, place }: LessonWalk): Now {
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => s.checked);
  const shown = useSessionState((s) => s.shown);
  const run = useSessionState((s) => s.run);
  const settled = useIsSettled();
  const stale = useIsStale(run);
  const guessed = place.guesses[step.id] !== undefined;
  // What is shown when a run begins again is still the end of the one before.
  const ran = isOn(run) ? Math.min(shown.step, run.step) : shown.step;
  return useMemo(() => {
    const numbers = {
      values: shown.values,
      // A run of another drawing says nothing of this one.
      metrics: stale ? shown.metrics : { ...shown.metrics, ...run.metrics },
      checks: shown.checks ?? none,
      steps: stale ? 0 : ran,
    };
    return { at: { document, checked }, measured: { ...(settled ? numbers : nothing), guessed } };
  }, [document, checked, shown, ran, run.metrics, settled, stale, guessed]);
}

export function useIsMet(goal: Goal | undefined, walk: LessonWalk): boolean {
  const { at, measured } = useNow(walk);
  return goal !== undefined && met(goal, at, measured);
}

/** Watches the goal of the step, and its guess: reached once, it is done. */
export function useReached(walk: LessonWalk): void {
  const { step, place } = walk;
  const guessed = !step.guess || place.guesses[step.id] !== undefined;
  const isMet = useIsMet(step.goal, walk);
  const done = guessed && (isMet || (!step.goal && step.guess !== undefined));
  useEffect(() => {
    if (done) walk.reach();
  }, [done, walk]);
}

/**
 * The measured answer to the guess of a step, once the guess is there and what was to be done before it is known has
 * been done.
 */
export function useAnswer({ answer, reveal }: Guess, walk: LessonWalk): number | undefined {
  const { at, measured } = useNow(walk);
  const { step, isDone } = walk;
  const isShown = reveal ? met(reveal, at, measured) : !step.goal || isDone(step);
  return measured.guessed && isShown ? measuredFigure(answer, at, measured) : undefined;
}
