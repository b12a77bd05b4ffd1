/**
 * A canvas shows the whole graph, also after it has changed its size, until the user has chosen what to look at.
 * What was chosen is kept for each level, for whoever comes back to it.
 */
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useStore, type Viewport } from 'reactflow';
import type { Editor } from '../../../editor/index.ts';
import type { View } from './use-view.ts';

export interface ViewKeeper {
  /** The view is the user's own from here on. */
  keep(): void;
}

/** The views of levels as they were left, by the way to each, for as long as a document is open. */
const left = new WeakMap<Editor, Map<string, Viewport>>();

export function useRefit(
  frame: RefObject<HTMLDivElement | null>,
  view: View,
  fitted: boolean,
  { editor, level }: { readonly editor: Editor; readonly level: string },
): ViewKeeper {
  const free = useRef(fitted);
  const ready = useStore(({ panZoom, width, height }) => panZoom !== null && width > 0 && height > 0);
  useLayoutEffect(() => {
    if (!ready) return;
    const before = left.get(editor)?.get(level);
    if (before) {
      free.current = false;
      void view.flow.setViewport(before);
    } else if (free.current) view.fitAtOnce();
  }, [ready, view, editor, level]);
  useLayoutEffect(
    () => () => {
      const views = left.get(editor) ?? new Map<string, Viewport>();
      left.set(editor, views);
      if (!free.current) views.set(level, view.flow.getViewport());
    },
    [view, editor, level],
  );
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    let size = `${box.clientWidth} ${box.clientHeight}`;
    const observer = new ResizeObserver(() => {
      const now = `${box.clientWidth} ${box.clientHeight}`;
      // A frame later React Flow knows its new size as well.
      if (now !== size && free.current) requestAnimationFrame(() => view.refit());
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
