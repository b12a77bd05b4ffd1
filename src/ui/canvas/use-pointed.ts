/**
 * The card and the wire under the pointer in a crowd: they are in the picture only, and are drawn for
 * themselves as the pointer comes upon them, so that it can work with them as with any other.
 */
import { useMemo, useState } from 'react';
import type { Point } from '../../editor/index.ts';
import { cardAt, wireAt } from './hits.ts';
import type { Scene } from './scene.ts';
import type { Pointed } from './use-parts.ts';
import type { View } from './use-view.ts';

/** Pixels on the screen within which a wire is meant. */
const reach = 8;
const nothing: Pointed = {};

interface Pointer {
  readonly pointed: Pointed;
  /** The pointer is at this place on the screen; undefined: elsewhere. */
  point(at: Point | undefined): void;
}

/** `scene` gives the latest one. */
export function usePointed(view: View, scene: () => Scene): Pointer {
  const [pointed, setPointed] = useState(nothing);
  const point = useMemo(
    () => (screen: Point | undefined) => {
      const at = screen && view.onGraph(screen);
      const card = at && cardAt(scene(), at);
      const wire = at && wireAt(scene(), at, reach / view.flow.getZoom());
      setPointed((old) => (old.card === card && old.wire === wire ? old : { card, wire }));
    },
    [view, scene],
  );
  return { pointed, point };
}
