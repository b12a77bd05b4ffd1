/** Where a wire runs, by the model alone: for what is worked out of wires that are not drawn one by one. */
import type { GraphEdge } from '../../../../graph-schema/document.ts';
import { type Cubic, type CurvePoint, extentOf, pointAt, wireCurve } from '../../ribbon/curve.ts';
import type { ViewModel } from '../model/view-model.ts';
import { around, type Rect } from './rect.ts';

/** Undefined for a wire to or from a port that is not there. */
export function curveOfWire(model: ViewModel, { from, to }: GraphEdge): Cubic | undefined {
  const output = model.body(from.node)?.layout.outputs.find((port) => port.name === from.port);
  const input = model.body(to.node)?.layout.inputs.find((port) => port.name === to.port);
  if (!output || !input) return undefined;
  const [source, target] = [model.place(from.node), model.place(to.node)];
  return wireCurve(
    { x: source.x + source.width, y: source.y + output.y },
    { x: target.x, y: target.y + input.y },
  );
}

/** The smallest rectangle around all of them; undefined where there are none. */
export function boundsOf(model: ViewModel, ids: readonly string[]): Rect | undefined {
  let bounds: Rect | undefined;
  for (const id of ids) bounds = bounds ? around(bounds, model.place(id)) : model.place(id);
  return bounds;
}

/** The smallest rectangle around all cards and wires, which may swing out beyond the cards; undefined where there are none. */
export function boundsOfDrawing(model: ViewModel): Rect | undefined {
  const { edges } = model.state.view.graph;
  let bounds = boundsOf(model, model.cards);
  for (const id of model.wires) {
    const curve = curveOfWire(model, edges[id] as GraphEdge);
    if (bounds && curve) bounds = around(bounds, extentOf(curve));
  }
  return bounds;
}

/** Chords by which a curve is told from its neighbours: a wire bends twice. */
const chords = 16;

/** How far a point is from a curve; good to a few hundredths of the curve's length. */
export function distanceTo(curve: Cubic, at: CurvePoint): number {
  let least = Number.POSITIVE_INFINITY;
  let start = curve[0];
  for (let i = 1; i <= chords; i++) {
    const end = pointAt(curve, i / chords);
    least = Math.min(least, distanceToChord(start, end, at));
    start = end;
  }
  return least;
}

function distanceToChord(a: CurvePoint, b: CurvePoint, at: CurvePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(at.x - a.x - t * dx, at.y - a.y - t * dy);
}
