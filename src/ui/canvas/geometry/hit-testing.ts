/** Which card and which wire lie at a place of the graph, told without anything being drawn. */
import type { GraphEdge } from '../../../../graph-schema/document.ts';
import type { Point } from '../../../editor/index.ts';
import type { ViewModel } from '../model/view-model.ts';
import { courseOfWire } from './courses.ts';
import { distanceTo } from './edge-geometry.ts';
import { around, type Rect } from './rect.ts';

const holds = ({ x, y, width, height }: Rect, at: Point, margin = 0): boolean =>
  at.x >= x - margin && at.x <= x + width + margin && at.y >= y - margin && at.y <= y + height + margin;

/** How far beyond the cards of its ends a wire is looked for: it may go around others. */
const detour = 120;

/** The topmost card at a place on the graph. */
export const cardAt = (model: ViewModel, at: Point): string | undefined =>
  model.cards.findLast((id) => holds(model.place(id), at));

/** The nearest wire within `margin` of a place on the graph. */
export function wireAt(model: ViewModel, at: Point, margin: number): string | undefined {
  const { edges } = model.state.view.graph;
  let [nearest, least]: [string | undefined, number] = [undefined, margin];
  for (const id of model.wires) {
    const edge = edges[id] as GraphEdge;
    const ends = around(model.place(edge.from.node), model.place(edge.to.node));
    if (!holds(ends, at, margin + detour)) continue;
    const course = courseOfWire(model, id);
    const distance = course ? distanceTo(course, at) : Number.POSITIVE_INFINITY;
    if (distance <= least) [nearest, least] = [id, distance];
  }
  return nearest;
}
