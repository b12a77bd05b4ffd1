/** In the teacher's view the arrows and Space go through the steps as well, and Escape leaves it. */
import { useEffect } from 'react';
import { isTyping } from '../keys.ts';
import { useSession } from '../session/hooks.ts';
import { toggleTeaching } from '../session/lesson-actions.ts';
import { useApp } from '../store.ts';
import type { LessonWalk } from './use-lesson.ts';

const ways: Readonly<Record<string, number>> = { ArrowRight: 1, ' ': 1, ArrowLeft: -1 };

/** What a key is for where the focus is on something that it presses or moves. */
const isTaken = (event: KeyboardEvent): boolean => {
  const { target, key } = event;
  if (isTyping(event) || !(target instanceof HTMLElement)) return true;
  if (target === document.body) return false;
  if (target.closest('[popover], dialog, .stage, .dock')) return true;
  return key === ' ' && target.matches('button, summary, input, select, a');
};

export function useTeachingKeys({ index, go }: LessonWalk): void {
  const session = useSession();
  const teaching = useApp((s) => s.teaching);
  useEffect(() => {
    if (!teaching) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const by = ways[event.key];
      if (event.key === 'Escape' && !(event.target as Element).closest?.('.stage')) toggleTeaching(session);
      else if (by !== undefined && !isTaken(event)) go(index + by);
      else return;
      event.preventDefault();
    };
    // Before the canvas, which moves what is selected by the arrows.
    addEventListener('keydown', listen, { capture: true });
    return () => removeEventListener('keydown', listen, { capture: true });
  }, [teaching, session, index, go]);
}
