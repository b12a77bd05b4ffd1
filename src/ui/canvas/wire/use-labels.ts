/**
 * Keeps the places of labels: found at once for what is opened, and afterwards anew a moment after each
 * change. While cards are dragged labels stay where on their wires they were: they would jump, and cost
 * frames. A store of its own, so that only wires whose label moves are drawn anew.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { Locale } from '../../../base/text.ts';
import { type Following, follow } from '../../session/follow.ts';
import { useEditor } from '../../session/hooks.ts';
import { atOnce, inSlices } from '../../worker/slices.ts';
import { type Labels, labelsOf } from '../geometry/labels.ts';
import { Store } from '../model/stores.ts';
import type { ViewModel } from '../model/view-model.ts';

/** Milliseconds without a change. */
const PAUSE = 120;

export function useLabels(model: ViewModel, locale: Locale, dragged: boolean): Store<Labels> {
  const editor = useEditor();
  // biome-ignore lint/correctness/useExhaustiveDependencies: those of the model to begin with.
  const labels = useMemo(() => new Store(atOnce(labelsOf(model))), []);
  const latest = useRef({ model, dragged });
  latest.current = { model, dragged };
  const placed = useRef(model);
  const following = useRef<Following>(undefined);
  useEffect(() => {
    following.current = follow(
      editor,
      PAUSE,
      ({ view }) => [view],
      (_, signal) => {
        const { model, dragged } = latest.current;
        if (dragged || model === placed.current) return;
        const stop = inSlices(labelsOf(model), (found) => {
          placed.current = model;
          labels.set(found);
        });
        signal.addEventListener('abort', stop);
      },
    );
    return following.current.end;
  }, [editor, labels]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels wait until what is dragged is let go, and are as wide as their words.
  useEffect(() => {
    if (!dragged) following.current?.again();
  }, [locale, dragged]);
  return labels;
}
