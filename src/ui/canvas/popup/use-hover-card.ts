/** When the hover card opens and closes: a moment after the pointer rests, at once for the focus. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { HoverTarget } from './HoverCard.tsx';

export interface HoverCards {
  open(target: HoverTarget): void;
  openNow(target: HoverTarget): void;
  close(): void;
  closeNow(): void;
  /** The pointer has come onto it. */
  stay(): void;
}

const openAfter = 280;
const closeAfter = 180;

export function useHoverCard() {
  const [target, setTarget] = useState<HoverTarget>();
  const timer = useRef(0);
  const later = useCallback((next: HoverTarget | undefined, delay: number) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setTarget(next), delay);
  }, []);
  const actions = useMemo<HoverCards>(
    () => ({
      open: (next: HoverTarget) => later(next, openAfter),
      openNow: (next: HoverTarget) => later(next, 0),
      close: () => later(undefined, closeAfter),
      closeNow: () => later(undefined, 0),
      stay: () => clearTimeout(timer.current),
    }),
    [later],
  );
  return [target, actions] as const;
}
