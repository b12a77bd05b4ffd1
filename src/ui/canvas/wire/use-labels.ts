/**
 * Keeps the places of labels: found at once for what is opened, and afterwards anew a moment after each
 * change. While cards are dragged labels stay where on their wires they were: they would jump, and cost
 * frames. A store of its own, so that only wires whose label moves are drawn anew.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { Locale } from '../../../base/text.ts';
import { atOnce, inSlices } from '../../worker/slices.ts';
import { type Labels, labelsOf } from '../geometry/labels.ts';
import { Store } from '../model/stores.ts';
import type { ViewModel } from '../model/view-model.ts';

/** Milliseconds without a change. */
const PAUSE = 120;

export function useLabels(model: ViewModel, locale: Locale, dragged: boolean): Store<Labels> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: those of the model to begin with.
  const labels = useMemo(() => new Store(atOnce(labelsOf(model))), []);
  const { document, checked } = model.state;
  const opened = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these move labels; a selection, with which the model changes too, moves none.
  useEffect(() => {
    const known = opened.current;
    opened.current = false;
    if (known || dragged) return;
    let stop = () => {};
    const timer = setTimeout(() => {
      stop = inSlices(labelsOf(model), (found) => labels.set(found));
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [document, checked, locale, dragged, labels]);
  return labels;
}
