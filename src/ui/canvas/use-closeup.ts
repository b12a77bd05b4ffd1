/** When the close-up opens and closes: a moment after the pointer rests, at once for the focus. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { CloseupTarget } from './Closeup.tsx';

export interface Closeups {
  open(target: CloseupTarget): void;
  openNow(target: CloseupTarget): void;
  close(): void;
  closeNow(): void;
  /** The pointer has come onto it. */
  stay(): void;
}

const openAfter = 280;
const closeAfter = 180;

export function useCloseup() {
  const [target, setTarget] = useState<CloseupTarget>();
  const timer = useRef(0);
  const later = useCallback((next: CloseupTarget | undefined, delay: number) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setTarget(next), delay);
  }, []);
  const actions = useMemo<Closeups>(
    () => ({
      open: (next: CloseupTarget) => later(next, openAfter),
      openNow: (next: CloseupTarget) => later(next, 0),
      close: () => later(undefined, closeAfter),
      closeNow: () => later(undefined, 0),
      stay: () => clearTimeout(timer.current),
    }),
    [later],
  );
  return [target, actions] as const;
}
