/**
 * Keeps the courses of wires and the places of their labels. Of a small graph they are found at once, of a large one
 * a moment after each change. While cards are dragged both stay where they were but for the wires of those cards,
 * which are led around the others one by one as they are drawn: wires and labels would jump, and cost frames.
 * A store of its own, so that only wires whose course or label changes are drawn anew.
 */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Locale } from '../../../base/text.ts';
import { type Following, follow } from '../../session/follow.ts';
import { useEditor } from '../../session/hooks.ts';
import { atOnce, inSlices } from '../../worker/slices.ts';
import { type WireGeometry, wireGeometryOf } from '../geometry/labels.ts';
import { Store } from '../model/stores.ts';
import type { ViewModel } from '../model/view-model.ts';

/** Milliseconds without a change. */
const PAUSE = 120;
/** So many wires take less than a frame. */
const few = 60;

export function useWireGeometry(model: ViewModel, locale: Locale, dragged: boolean): Store<WireGeometry> {
  const editor = useEditor();
  // biome-ignore lint/correctness/useExhaustiveDependencies: those of the model to begin with.
  const geometry = useMemo(() => new Store(atOnce(wireGeometryOf(model))), []);
  const latest = useRef({ model, dragged });
  latest.current = { model, dragged };
  const found = useRef(model);
  const following = useRef<Following>(undefined);
  const { view } = model.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what courses and labels are made of.
  useLayoutEffect(() => {
    if (dragged || model === found.current || model.wires.length > few) return;
    found.current = model;
    geometry.set(atOnce(wireGeometryOf(model)));
  }, [view, locale, dragged, geometry]);
  useEffect(() => {
    following.current = follow(
      editor,
      PAUSE,
      ({ view }) => [view],
      (_, signal) => {
        const { model, dragged } = latest.current;
        if (dragged || model === found.current) return;
        const stop = inSlices(wireGeometryOf(model), (made) => {
          found.current = model;
          geometry.set(made);
        });
        signal.addEventListener('abort', stop);
      },
    );
    return following.current.end;
  }, [editor, geometry]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels wait until what is dragged is let go, and are as wide as their words.
  useEffect(() => {
    if (!dragged) following.current?.again();
  }, [locale, dragged]);
  return geometry;
}
