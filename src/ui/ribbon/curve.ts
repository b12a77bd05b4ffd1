/**
 * The curve of a wire and of the threads beside each other in it. A thread runs parallel to the middle
 * of its ribbon: the middle is one cubic Bézier; a thread is four, each with its ends moved out
 * along the normal and its handles scaled with the chord (after Tiller and Hanson, 1984).
 */

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export type Cubic = readonly [CurvePoint, CurvePoint, CurvePoint, CurvePoint];

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
export function wireCurve(from: CurvePoint, to: CurvePoint): Cubic {
  const dx = to.x - from.x;
  const reach = dx >= 0 ? Math.max(Math.min(30, dx), dx * 0.45) : Math.min(400, 50 - dx);
  return [from, { x: from.x + reach, y: from.y }, { x: to.x - reach, y: to.y }, to];
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

export function pointAt(curve: Cubic, t: number): CurvePoint {
  return split(curve, t)[0][3];
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

export function tangentAt(curve: Cubic, t: number): CurvePoint {
  return t >= 1 ? tangents(curve)[1] : tangents(split(curve, t)[1])[0];
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

/** An SVG path parallel to the curve, `offset` to its right hand (downwards for a wire that runs right). */
export function pathBeside(curve: Cubic, offset: number): string {
  const parts: Cubic[] = [];
  let rest = curve;
  for (let left = pieces; left > 1; left--) {
    const [part, after] = split(rest, 1 / left);
    parts.push(part);
    rest = after;
  }
  parts.push(rest);
  const [start] = parts[0] as Cubic;
  const moved = offset === 0 ? [curve] : parts.map((part) => offsetPiece(part, offset));
  const first = offset === 0 ? start : (moved[0] as Cubic)[0];
  return `M${write(first)} ${moved.map(([, b, c, d]) => `C${write(b)} ${write(c)} ${write(d)}`).join(' ')}`;
}

/** Points by which the room of a curve is told: a wire bends twice. */
const samples = 16;

/** The rectangle that a curve fills; good to a hundredth of its length. */
export function extentOf(curve: Cubic): CurvePoint & { readonly width: number; readonly height: number } {
  const points = Array.from({ length: samples + 1 }, (_, i) => pointAt(curve, i / samples));
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Good to a few per cent: the mean of the chord and the control polygon. */
export const lengthOf = ([a, b, c, d]: Cubic): number =>
  (distance(a, d) + distance(a, b) + distance(b, c) + distance(c, d)) / 2;
