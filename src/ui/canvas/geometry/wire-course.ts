/** The course of one wire: straight to where it goes, or around the cards that lie in between. */
import { type Course, type Cubic, type CurvePoint, pointAt, wireCurve } from '../../ribbon/curve.ts';
import type { RectIndex } from './rect-index.ts';
import { rounded } from './rounded.ts';
import { findRoute, type WireEnds } from './route.ts';

/** Between a curve that goes straight and the cards that it passes. */
const air = 5;
/** A wire needs so much room from port to port to go straight. */
const leastRun = 20;
/** From one row of cards to another a wire does not go straight: it would cross all that lies between. */
const mostRise = 220;

/** Points between the ends of a curve. */
const chords = (curve: Course): CurvePoint[] =>
  Array.from({ length: 23 }, (_, i) => pointAt(curve, (i + 1) / 24));

/** The curve from port to port where no card lies on it. */
export function straightCourse({ from, to, thickness }: WireEnds, cards: RectIndex): Course | undefined {
  if (to.x - from.x < leastRun || Math.abs(to.y - from.y) > mostRise) return undefined;
  const curve = wireCurve(from, to);
  const half = thickness / 2 + air;
  // Without the cards that it comes from and goes to.
  const room = {
    x: from.x + 1,
    y: Math.min(from.y, to.y) - half,
    width: to.x - from.x - 2,
    height: Math.abs(to.y - from.y) + 2 * half,
  };
  const between = [...cards.within(room)];
  if (between.length === 0) return curve;
  const isFree = ({ x, y }: CurvePoint) =>
    !between.some(
      (card) =>
        x > card.x - half &&
        x < card.x + card.width + half &&
        y > card.y - half &&
        y < card.y + card.height + half,
    );
  return chords(curve).every(isFree) ? curve : undefined;
}

/** The course of one wire by itself, in no lane. */
export function courseBetween(ends: WireEnds, cards: RectIndex): Course {
  const direct = straightCourse(ends, cards);
  if (direct) return direct;
  const points = findRoute(ends, cards);
  return points ? rounded(points) : wireCurve(ends.from, ends.to);
}

/** What a port may lie beside where the model has it, as the browser draws it: the border of a card, a part of a pixel. */
const slack = 1.5;

const moved = (course: Course, x: number, y: number): Course =>
  course.map((piece) => piece.map((p) => ({ x: p.x + x, y: p.y + y })) as unknown as Cubic);

/** A course to where its ends are drawn; undefined where it leads elsewhere. */
function fitted(course: Course, { from, to }: WireEnds): Course | undefined {
  const [start, end] = [course[0]?.[0] as CurvePoint, course.at(-1)?.[3] as CurvePoint];
  const near = (a: CurvePoint, b: CurvePoint) => Math.abs(a.x - b.x) < slack && Math.abs(a.y - b.y) < slack;
  return near(start, from) && near(end, to) ? moved(course, from.x - start.x, from.y - start.y) : undefined;
}

/** The course of a wire as it is drawn: the one that was found for it while its ends are there, else one by itself. */
export const courseAt = (ends: WireEnds, found: Course | undefined, cards: () => RectIndex): Course =>
  (found && fitted(found, ends)) ?? courseBetween(ends, cards());
