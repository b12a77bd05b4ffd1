/**
 * The card and the wire under the pointer among many: they are in the overview drawing only, and are drawn for
 * themselves as the pointer comes upon them, so that it can work with them as with any other.
 */
import { useMemo, useState } from 'react';
import type { Point } from '../../../editor/index.ts';
import { cardAt, wireAt } from '../geometry/hit-testing.ts';
import type { ViewModel } from '../model/view-model.ts';
import type { View } from '../view/use-view.ts';
import type { Pointed } from './use-visible.ts';

/** Pixels on the screen within which a wire is meant. */
const reach = 8;
const nothing: Pointed = {};

interface Pointer {
  readonly pointed: Pointed;
  /** The pointer is at this place on the screen; undefined: elsewhere. */
  point(at: Point | undefined): void;
}

/** `model` gives the latest one. */
export function usePointed(view: View, model: () => ViewModel): Pointer {
  const [pointed, setPointed] = useState(nothing);
  const point = useMemo(
    () => (screen: Point | undefined) => {
      const at = screen && view.onGraph(screen);
      const card = at && cardAt(model(), at);
      const wire = at && wireAt(model(), at, reach / view.flow.getZoom());
      setPointed((old) => (old.card === card && old.wire === wire ? old : { card, wire }));
    },
    [view, model],
  );
  return { pointed, point };
}
