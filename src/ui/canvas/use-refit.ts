/** A canvas that changes its size shows the whole graph again, until the user has chosen what to look at. */
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { fitOptions, type View } from './use-view.ts';

export interface ViewKeeper {
  /** The view is the user's own from here on. */
  keep(): void;
}

export function useRefit(frame: RefObject<HTMLDivElement | null>, view: View, fitted: boolean): ViewKeeper {
  const free = useRef(fitted);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    let size = `${box.clientWidth} ${box.clientHeight}`;
    const observer = new ResizeObserver(() => {
      const now = `${box.clientWidth} ${box.clientHeight}`;
      // A frame later React Flow knows its new size as well.
      if (now !== size && free.current) requestAnimationFrame(() => void view.flow.fitView(fitOptions));
      size = now;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [frame, view]);
  return useMemo(
    () => ({
      keep() {
        free.current = false;
      },
    }),
    [],
  );
}
