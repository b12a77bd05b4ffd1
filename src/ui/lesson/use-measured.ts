/** What the engine says of a lesson now: whether goals hold, answers to guesses, checks. */
import { useEffect } from 'react';
import type { Figure, Goal } from '../../../graph-schema/lesson.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import type { SessionState } from '../session/session-state.ts';
import type { LessonWalk } from './use-lesson.ts';

export type ShownCheck = NonNullable<SessionState['shown']['checks']>[number];

const none: readonly ShownCheck[] = [];

/** What the checks of the document have measured last, by path. */
export const useChecks = (): readonly ShownCheck[] => useSessionState((s) => s.shown.checks ?? none);

export function useIsMet(goal: Goal | undefined, walk: LessonWalk): boolean {
  const document = useEditorState((s) => s.document);
  const checks = useChecks();
  const trained = useSessionState((s) => s.trained);
  const met = (goal: Goal): boolean => {
    switch (goal.kind) {
      case 'param': {
        const value = document.nodes[goal.node]?.params[goal.param];
        return (
          (goal.equals === undefined || value === goal.equals) &&
          (goal.atLeast === undefined || Number(value) >= goal.atLeast) &&
          (goal.atMost === undefined || Number(value) <= goal.atMost) &&
          (goal.not === undefined || value !== goal.not)
        );
      }
      case 'check':
        return checks.some((check) => check.node === goal.node && check.met === goal.met);
      case 'ran':
        return (trained?.step ?? 0) >= (goal.steps ?? 1);
      case 'guessed':
        return walk.place.guesses[walk.step.id] !== undefined;
      case 'all':
        return goal.of.every(met);
      case 'any':
        return goal.of.some(met);
      default:
        return false;
    }
  };
  return goal !== undefined && met(goal);
}

/** Watches the goal of the step: reached once, it is done. */
export function useGoalMet(walk: LessonWalk): void {
  const { step, place } = walk;
  const guessed = !step.guess || place.guesses[step.id] !== undefined;
  const met = useIsMet(step.goal, walk);
  const done = guessed && (met || (!step.goal && step.guess !== undefined));
  useEffect(() => {
    if (done) walk.reach();
  }, [done, walk]);
}

/** The measured answer, once there is a guess and what was to be done before it is known has been done. */
export function useAnswer(figure: Figure, walk: LessonWalk): number | undefined {
  const shown = useSessionState((s) => s.shown);
  const checks = useChecks();
  const { step, place, isDone } = walk;
  if (place.guesses[step.id] === undefined || (step.goal && !isDone(step))) return undefined;
  if ('port' in figure) return shown.values[figure.port]?.data[0];
  if ('check' in figure) return checks.find((check) => check.node === figure.check)?.[figure.of ?? 'value'];
  if ('metric' in figure) return shown.metrics[figure.metric];
  return undefined;
}
