/** Where a wire runs, by the scene alone: for what is worked out of wires that are not drawn one by one. */
import type { GraphEdge } from '../../../graph-schema/document.ts';
import { type Cubic, course, extentOf, type Point, pointAt } from '../ribbon/curve.ts';
import { around, boundsOf } from './in-view.ts';
import type { Rect } from './label-places.ts';
import type { Scene } from './scene.ts';

/** Undefined for a wire to or from a port that is not there. */
export function courseOf(scene: Scene, { from, to }: GraphEdge): Cubic | undefined {
  const output = scene.body(from.node)?.layout.outputs.find((port) => port.name === from.port);
  const input = scene.body(to.node)?.layout.inputs.find((port) => port.name === to.port);
  if (!output || !input) return undefined;
  const [source, target] = [scene.place(from.node), scene.place(to.node)];
  return course(
    { x: source.x + source.width, y: source.y + output.y },
    { x: target.x, y: target.y + input.y },
  );
}

/** The smallest rectangle around all cards and wires, which may swing out beyond the cards; undefined where there are none. */
export function boundsOfDrawing(scene: Scene): Rect | undefined {
  const { edges } = scene.state.document;
  let bounds = boundsOf(scene, scene.cards);
  for (const id of scene.wires) {
    const curve = courseOf(scene, edges[id] as GraphEdge);
    if (bounds && curve) bounds = around(bounds, extentOf(curve));
  }
  return bounds;
}

/** Chords by which a curve is told from its neighbours: a wire bends twice. */
const chords = 16;

/** How far a point is from a curve; good to a few hundredths of the curve's length. */
export function distanceTo(curve: Cubic, at: Point): number {
  let least = Number.POSITIVE_INFINITY;
  let start = curve[0];
  for (let i = 1; i <= chords; i++) {
    const end = pointAt(curve, i / chords);
    least = Math.min(least, distanceToChord(start, end, at));
    start = end;
  }
  return least;
}

function distanceToChord(a: Point, b: Point, at: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(at.x - a.x - t * dx, at.y - a.y - t * dy);
}
