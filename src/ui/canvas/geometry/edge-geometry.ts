/** What is worked out of the courses of wires: the room of a drawing, how far a place is from a wire. */
import { type Course, type CurvePoint, extentOf, pointsOf } from '../../ribbon/curve.ts';
import type { ViewModel } from '../model/view-model.ts';
import { courseOfWire } from './courses.ts';
import { around, type Rect } from './rect.ts';

/** The smallest rectangle around all of them; undefined where there are none. */
export function boundsOf(model: ViewModel, ids: readonly string[]): Rect | undefined {
  let bounds: Rect | undefined;
  for (const id of ids) bounds = bounds ? around(bounds, model.place(id)) : model.place(id);
  return bounds;
}

/** The smallest rectangle around all cards and wires, which may go around outer cards; undefined where there are none. */
export function boundsOfDrawing(model: ViewModel): Rect | undefined {
  let bounds = boundsOf(model, model.cards);
  for (const id of model.wires) {
    const course = courseOfWire(model, id);
    if (bounds && course) bounds = around(bounds, extentOf(course));
  }
  return bounds;
}

/** How far a point is from a course; good to a few hundredths of the length of its pieces. */
export function distanceTo(course: Course, at: CurvePoint): number {
  const points = pointsOf(course);
  return Math.min(...points.slice(1).map((end, i) => distanceToChord(points[i] as CurvePoint, end, at)));
}

function distanceToChord(a: CurvePoint, b: CurvePoint, at: CurvePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(at.x - a.x - t * dx, at.y - a.y - t * dy);
}
