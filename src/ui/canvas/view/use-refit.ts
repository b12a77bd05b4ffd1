/** A canvas shows the whole graph, also after it has changed its size, until the user has chosen what to look at. */
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useStore } from 'reactflow';
import type { View } from './use-view.ts';

export interface ViewKeeper {
  /** The view is the user's own from here on. */
  keep(): void;
}

export function useRefit(frame: RefObject<HTMLDivElement | null>, view: View, fitted: boolean): ViewKeeper {
  const free = useRef(fitted);
  const ready = useStore(({ panZoom, width, height }) => panZoom !== null && width > 0 && height > 0);
  useLayoutEffect(() => {
    if (ready && free.current) view.fitAtOnce();
  }, [ready, view]);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    let size = `${box.clientWidth} ${box.clientHeight}`;
    const observer = new ResizeObserver(() => {
      const now = `${box.clientWidth} ${box.clientHeight}`;
      // A frame later React Flow knows its new size as well.
      if (now !== size && free.current) requestAnimationFrame(() => view.fitAtOnce());
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
