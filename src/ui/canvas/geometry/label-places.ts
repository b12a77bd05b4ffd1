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
/** What is tried last, on a wire with corners. */
const between = [0.46, 0.54, 0.38, 0.62, 0.3, 0.7, 0.22, 0.78, 0.14, 0.86, 0.1, 0.9];
const labelHeight = 19;
const air = 3;

/** Where on its wire a label stands: at a fraction of the way, above the ribbon or below it. */
export interface LabelPlace {
  readonly at: number;
  readonly below: boolean;
}

/**
 * Above the wire, or below it: moved out along the normal until the label's box no longer touches the ribbon. On a
 * steep wire that would be far, and the label rides on the wire instead.
 */
export function labelPoint(
  course: Course,
  { at, below }: LabelPlace,
  thickness: number,
  width: number,
): CurvePoint {
  const middle = pointAt(course, at);
  const tangent = tangentAt(course, at);
  const up = tangent.x >= 0 !== below ? { x: tangent.y, y: -tangent.x } : { x: -tangent.y, y: tangent.x };
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

const aboveThenBelow = (fractions: readonly number[]): LabelPlace[] =>
  [false, true].flatMap((below) => fractions.map((at) => ({ at, below })));
const onCurve = aboveThenBelow(fractions);

const run = ([a, , , d]: Cubic): number => Math.abs(d.x - a.x);

/** The places to try: of a wire with corners those on its longest level piece come first. */
function placesOn(course: Course): readonly LabelPlace[] {
  if (course.length === 1) return onCurve;
  const lengths = course.map((piece) => lengthOf([piece]));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const longest = course.reduce((best, piece, i) => (run(piece) > run(course[best] as Cubic) ? i : best), 0);
  const before = lengths.slice(0, longest).reduce((sum, length) => sum + length, 0);
  const on = fractions.map((t) => (before + t * (lengths[longest] as number)) / whole);
  return aboveThenBelow([...on, ...fractions, ...between]);
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

/** For each wire whose label has room, where it goes. A step for each wire: a large graph need not be done in one go. */
export function* placeLabels(
  wires: readonly LabelledWire[],
  cards: readonly Rect[],
): Generator<void, ReadonlyMap<string, LabelPlace>> {
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
  const places = new Map<string, LabelPlace>();
  // Short wires choose first: long ones have other places.
  const lengths = new Map(wires.map((wire) => [wire, lengthOf(wire.course)]));
  const order = [...wires].sort((a, b) => (lengths.get(a) as number) - (lengths.get(b) as number));
  for (const wire of order) {
    yield;
    const { id, course, thickness, width } = wire;
    if (width === undefined || (lengths.get(wire) as number) < width + 4) continue;
    const across = (course.at(-1) as Cubic)[3].x - (course[0] as Cubic)[0].x;
    if (Math.max(Math.abs(across), ...course.map(run)) < width * 0.6) continue;
    const boxOf = (place: LabelPlace) => boxAt(labelPoint(course, place, thickness, width), width);
    let place: LabelPlace | undefined;
    for (const tried of placesOn(course)) {
      const box = boxOf(tried);
      if (taken.hits(box)) continue;
      place ??= tried;
      if ([...ribbons.within(box)].some((other) => owners.get(other) !== id)) continue;
      place = tried;
      break;
    }
    if (!place) continue;
    taken.add(boxOf(place));
    places.set(id, place);
  }
  return places;
}
