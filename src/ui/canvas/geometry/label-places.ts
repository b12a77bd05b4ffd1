/**
 * Where the labels of wires go: each on its own wire, at the first of a few places on the way where it covers
 * neither a card nor another label, nor another wire if that can be. Where many wires leave one port their labels
 * so spread out; one that finds no room is not shown until its wire is pointed at.
 */
import {
  type Course,
  type Cubic,
  type CurvePoint,
  lengthOf,
  pointAt,
  pointsOf,
  tangentAt,
} from '../../ribbon/curve.ts';
import type { Rect } from './rect.ts';
import { RectIndex } from './rect-index.ts';

export interface LabelledWire {
  readonly id: string;
  readonly course: Course;
  /** Of the ribbon, across the wire. */
  readonly thickness: number;
  /** Of the label; undefined where it has none. */
  readonly width: number | undefined;
}

/** The middle of a wire first, then ever nearer to its ends. */
const fractions = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
const labelHeight = 19;
const air = 3;

/**
 * Above the wire: moved out along the normal until the label's box no longer touches the ribbon. On a
 * steep wire that would be far, and the label rides on the wire instead.
 */
export function labelPoint(course: Course, at: number, thickness: number, width: number): CurvePoint {
  const middle = pointAt(course, at);
  const tangent = tangentAt(course, at);
  const up = tangent.x >= 0 ? { x: tangent.y, y: -tangent.x } : { x: -tangent.y, y: tangent.x };
  if (Math.abs(up.y) < 0.72) return middle;
  const reach = thickness / 2 + 3 + (Math.abs(up.y) * labelHeight) / 2 + (Math.abs(up.x) * width) / 2;
  return { x: middle.x + up.x * reach, y: middle.y + up.y * reach };
}

const boxAt = ({ x, y }: CurvePoint, width: number): Rect => ({
  x: x - width / 2 - air,
  y: y - labelHeight / 2 - air,
  width: width + 2 * air,
  height: labelHeight + 2 * air,
});

const run = ([a, , , d]: Cubic): number => Math.abs(d.x - a.x);

/** The fractions of the way to try: of a wire with corners those on its longest level piece come first. */
function placesOn(course: Course): readonly number[] {
  if (course.length === 1) return fractions;
  const lengths = course.map((piece) => lengthOf([piece]));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const longest = course.reduce((best, piece, i) => (run(piece) > run(course[best] as Cubic) ? i : best), 0);
  const before = lengths.slice(0, longest).reduce((sum, length) => sum + length, 0);
  const on = fractions.map((t) => (before + t * (lengths[longest] as number)) / whole);
  return [...on, ...fractions];
}

/** A ribbon as boxes: of what bends in parts, so that they hold little beside it. */
function boxesOf({ course, thickness }: LabelledWire): Rect[] {
  const boxes: Rect[] = [];
  for (const piece of course) {
    const points = pointsOf([piece]);
    const step = Math.ceil(points.length / 5);
    for (let i = 0; i + 1 < points.length; i += step) {
      const start = points[i] as CurvePoint;
      const end = points[Math.min(points.length - 1, i + step)] as CurvePoint;
      boxes.push({
        x: Math.min(start.x, end.x) - thickness / 2,
        y: Math.min(start.y, end.y) - thickness / 2,
        width: Math.abs(end.x - start.x) + thickness,
        height: Math.abs(end.y - start.y) + thickness,
      });
    }
  }
  return boxes;
}

/**
 * For each wire whose label has room, the fraction of the way at which it goes. A step for each wire: a large graph
 * need not be done in one go.
 */
export function* placeLabels(
  wires: readonly LabelledWire[],
  cards: readonly Rect[],
): Generator<void, ReadonlyMap<string, number>> {
  const taken = new RectIndex(cards);
  yield;
  const ribbons = new RectIndex();
  const owners = new Map<Rect, string>();
  for (const wire of wires) {
    yield;
    for (const box of boxesOf(wire)) {
      ribbons.add(box);
      owners.set(box, wire.id);
    }
  }
  const places = new Map<string, number>();
  for (const { id, course, thickness, width } of wires) {
    yield;
    if (width === undefined || lengthOf(course) < width + 4) continue;
    if (Math.max(...course.map(run)) < width * 0.6) continue;
    const boxOf = (at: number) => boxAt(labelPoint(course, at, thickness, width), width);
    const free = placesOn(course).filter((at) => !taken.hits(boxOf(at)));
    const isAlone = (at: number) => [...ribbons.within(boxOf(at))].every((box) => owners.get(box) === id);
    const at = free.find(isAlone) ?? free[0];
    if (at === undefined) continue;
    taken.add(boxOf(at));
    places.set(id, at);
  }
  return places;
}
