/** From a way with corners to a course without: each corner becomes a curve, two close ones that lead on an S. */
import type { Course, Cubic, CurvePoint } from '../../ribbon/curve.ts';
import type { Waypoints } from './route.ts';

/** Of the curve at a corner, where there is room. */
const radius = 28;
/** Handle of a quarter circle, as a part of its radius. */
const quarter = 0.5523;

const toward = (from: CurvePoint, to: CurvePoint, by: number): CurvePoint => {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
};

const lengthBetween = (a: CurvePoint, b: CurvePoint): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

const line = (a: CurvePoint, b: CurvePoint): Cubic => [
  a,
  { x: a.x + (b.x - a.x) / 3, y: a.y + (b.y - a.y) / 3 },
  { x: b.x + (a.x - b.x) / 3, y: b.y + (a.y - b.y) / 3 },
  b,
];

/** The course along these corners; lines between them are level or upright. */
export function rounded(points: Waypoints): Course {
  const pieces: Cubic[] = [];
  const last = points.length - 1;
  // An inner line gives half of itself to each of its corners, an outer one all of it.
  const share = (i: number) =>
    lengthBetween(points[i] as CurvePoint, points[i + 1] as CurvePoint) / (i === 0 || i === last - 1 ? 1 : 2);
  let here = points[0] as CurvePoint;
  for (let i = 1; i < last; i++) {
    const [before, turn, after] = [points[i - 1], points[i], points[i + 1]] as [
      CurvePoint,
      CurvePoint,
      CurvePoint,
    ];
    const size = Math.min(radius, share(i - 1), share(i));
    const [start, end] = [toward(turn, before, size), toward(turn, after, size)];
    if (lengthBetween(here, start) > 0.01) pieces.push(line(here, start));
    pieces.push([start, toward(start, turn, size * quarter), toward(end, turn, size * quarter), end]);
    here = end;
  }
  const end = points[last] as CurvePoint;
  if (lengthBetween(here, end) > 0.01 || pieces.length === 0) pieces.push(line(here, end));
  return pieces;
}
