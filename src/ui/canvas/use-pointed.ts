/**
 * The card and the wire under the pointer in a crowd: they are in the picture only, and are drawn for
 * themselves as the pointer comes upon them, so that it can work with them as with any other.
 */
import { useMemo, useState } from 'react';
import type { GraphEdge } from '../../../graph-schema/document.ts';
import type { Point } from '../../editor/index.ts';
import { courseOf, distanceTo } from './courses.ts';
import { around } from './in-view.ts';
import type { Rect } from './label-places.ts';
import type { Scene } from './scene.ts';
import type { Pointed } from './use-parts.ts';
import type { View } from './use-view.ts';

/** Pixels on the screen within which a wire is meant. */
const reach = 8;
const nothing: Pointed = {};

const holds = ({ x, y, width, height }: Rect, at: Point, margin = 0): boolean =>
  at.x >= x - margin && at.x <= x + width + margin && at.y >= y - margin && at.y <= y + height + margin;

/** The topmost card at a place on the graph. */
export const cardAt = (scene: Scene, at: Point): string | undefined =>
  scene.cards.findLast((id) => holds(scene.place(id), at));

/** The nearest wire within `margin` of a place on the graph. */
export function wireAt(scene: Scene, at: Point, margin: number): string | undefined {
  const { edges } = scene.state.document;
  let [nearest, least]: [string | undefined, number] = [undefined, margin];
  for (const id of scene.wires) {
    const edge = edges[id] as GraphEdge;
    if (!holds(around(scene.place(edge.from.node), scene.place(edge.to.node)), at, margin)) continue;
    const curve = courseOf(scene, edge);
    const distance = curve ? distanceTo(curve, at) : Number.POSITIVE_INFINITY;
    if (distance <= least) [nearest, least] = [id, distance];
  }
  return nearest;
}

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
