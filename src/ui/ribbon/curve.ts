/**
 * The course of a wire and of the threads beside each other in it. The middle of a ribbon is a chain of cubic
 * Béziers that join smoothly, mostly one. A thread runs parallel to it: each cubic becomes four, with their ends
 * moved out along the normal and their handles scaled with the chord (after Tiller and Hanson, 1984).
 */

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export type Cubic = readonly [CurvePoint, CurvePoint, CurvePoint, CurvePoint];

/** At least one piece; each begins where the one before ends, and in its direction. */
export type Course = readonly Cubic[];

const pieces = 4;
const mix = (a: CurvePoint, b: CurvePoint, t: number): CurvePoint => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});
const distance = (a: CurvePoint, b: CurvePoint): number => Math.hypot(b.x - a.x, b.y - a.y);

/**
 * From an output to an input: both ends horizontal. A wire that runs backwards swings out as far as it
 * has to go back, so that it comes into its card from beside and not through it.
 */
export function wireCurve(from: CurvePoint, to: CurvePoint): Course {
  const dx = to.x - from.x;
  const reach = dx >= 0 ? Math.max(Math.min(30, dx), dx * 0.45) : Math.min(400, 50 - dx);
  return [[from, { x: from.x + reach, y: from.y }, { x: to.x - reach, y: to.y }, to]];
}

/** De Casteljau: the part of the curve before t, and the part after. */
function split([a, b, c, d]: Cubic, t: number): [Cubic, Cubic] {
  const ab = mix(a, b, t);
  const bc = mix(b, c, t);
  const cd = mix(c, d, t);
  const abc = mix(ab, bc, t);
  const bcd = mix(bc, cd, t);
  const middle = mix(abc, bcd, t);
  return [
    [a, ab, abc, middle],
    [middle, bcd, cd, d],
  ];
}

/** The unit tangent at the start of a curve, and at its end. */
function tangents([a, b, c, d]: Cubic): [CurvePoint, CurvePoint] {
  const unit = (p: CurvePoint, q: CurvePoint, r: CurvePoint): CurvePoint => {
    const [from, to] = distance(p, q) > 1e-6 ? [p, q] : [p, r];
    const length = distance(from, to) || 1;
    return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  };
  const end = unit(d, c, a);
  return [unit(a, b, d), { x: -end.x, y: -end.y }];
}

/** The piece in which a fraction of the way lies, and the fraction of that piece's way. */
function pieceAt(course: Course, t: number): readonly [Cubic, number] {
  const lengths = course.map((piece) => lengthOf([piece]));
  let rest = t * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, piece] of course.entries()) {
    const length = lengths[i] as number;
    if (rest <= length || i === course.length - 1)
      return [piece, length === 0 ? 0 : Math.min(1, rest / length)];
    rest -= length;
  }
  throw new Error('internal: a course has no piece');
}

function pointOn([a, b, c, d]: Cubic, t: number): CurvePoint {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}

/** The point at a fraction of the way, 0 at the start and 1 at the end. */
export const pointAt = (course: Course, t: number): CurvePoint => pointOn(...pieceAt(course, t));

export function tangentAt(course: Course, t: number): CurvePoint {
  const [piece, at] = pieceAt(course, t);
  return at >= 1 ? tangents(piece)[1] : tangents(split(piece, at)[1])[0];
}

const aside = (p: CurvePoint, tangent: CurvePoint, offset: number): CurvePoint => ({
  x: p.x - tangent.y * offset,
  y: p.y + tangent.x * offset,
});

function offsetPiece(piece: Cubic, offset: number): Cubic {
  const [a, b, c, d] = piece;
  const [start, end] = tangents(piece);
  const from = aside(a, start, offset);
  const to = aside(d, end, offset);
  const scale = distance(from, to) / (distance(a, d) || 1);
  const first = distance(a, b) * scale;
  const last = distance(c, d) * scale;
  return [
    from,
    { x: from.x + start.x * first, y: from.y + start.y * first },
    { x: to.x - end.x * last, y: to.y - end.y * last },
    to,
  ];
}

const round = (x: number): number => Math.round(x * 100) / 100;
const write = (p: CurvePoint): string => `${round(p.x)},${round(p.y)}`;

const isStraight = ([a, b, c, d]: Cubic): boolean => {
  const [x, y] = [d.x - a.x, d.y - a.y];
  const beside = (p: CurvePoint) => Math.abs((p.x - a.x) * y - (p.y - a.y) * x);
  return beside(b) + beside(c) < 1e-6;
};

/** A piece in as many parts as its thread needs. */
function partsOf(piece: Cubic): Cubic[] {
  if (isStraight(piece)) return [piece];
  const parts: Cubic[] = [];
  let rest = piece;
  for (let left = pieces; left > 1; left--) {
    const [part, after] = split(rest, 1 / left);
    parts.push(part);
    rest = after;
  }
  return [...parts, rest];
}

/** An SVG path parallel to the course, `offset` to its right hand (downwards for a wire that runs right). */
export function pathBeside(course: Course, offset: number): string {
  const moved = offset === 0 ? course : course.flatMap(partsOf).map((part) => offsetPiece(part, offset));
  const [start] = moved[0] as Cubic;
  return `M${write(start)} ${moved.map(([, b, c, d]) => `C${write(b)} ${write(c)} ${write(d)}`).join(' ')}`;
}

/** Steps by which the room of a piece is told: it bends twice at most. */
const samples = 16;

/** Points along a course, its ends among them: `samples` steps for each piece that bends, one for a straight one. */
export function pointsOf(course: Course): CurvePoint[] {
  const points = [(course[0] as Cubic)[0]];
  for (const piece of course) {
    if (!isStraight(piece)) for (let i = 1; i < samples; i++) points.push(pointOn(piece, i / samples));
    points.push(piece[3]);
  }
  return points;
}

/** The rectangle that a course fills; good to a hundredth of its length. */
export function extentOf(course: Course): CurvePoint & { readonly width: number; readonly height: number } {
  const points = pointsOf(course);
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Good to a few per cent: for each piece the mean of the chord and the control polygon. */
export const lengthOf = (course: Course): number =>
  course.reduce(
    (sum, [a, b, c, d]) => sum + (distance(a, d) + distance(a, b) + distance(b, c) + distance(c, d)) / 2,
    0,
  );
