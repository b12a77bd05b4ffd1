/** Which card and which wire lie at a place of the graph, told without anything being drawn. */
import type { GraphEdge } from '../../../graph-schema/document.ts';
import type { Point } from '../../editor/index.ts';
import { courseOf, distanceTo } from './courses.ts';
import { around } from './in-view.ts';
import type { Rect } from './label-places.ts';
import type { Scene } from './scene.ts';

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
