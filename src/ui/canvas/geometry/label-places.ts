/**
 * Where the labels of wires go: each on its own wire, at the first of a few fractions of the way where
 * it covers neither a card nor another label. Where many wires leave one port their labels so spread
 * out; one that finds no room is not shown until its wire is pointed at.
 */
import { type Cubic, type CurvePoint, lengthOf, pointAt, tangentAt } from '../../ribbon/curve.ts';
import type { Rect } from './rect.ts';

export interface LabelledWire {
  readonly id: string;
  readonly curve: Cubic;
  /** Of the ribbon, across the wire. */
  readonly thickness: number;
  /** Of the label. */
  readonly width: number;
}

/** The middle of a wire first, then ever nearer to its ends. */
const fractions = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
const labelHeight = 19;
const air = 3;
/** Side of the squares in which boxes are looked up. */
const square = 128;

/**
 * Above the wire: moved out along the normal until the label's box no longer touches the ribbon. On a
 * steep wire that would be far, and the label rides on the wire instead.
 */
export function labelPoint(curve: Cubic, at: number, thickness: number, width: number): CurvePoint {
  const middle = pointAt(curve, at);
  const tangent = tangentAt(curve, at);
  const up = tangent.x >= 0 ? { x: tangent.y, y: -tangent.x } : { x: -tangent.y, y: tangent.x };
  if (Math.abs(up.y) < 0.72) return middle;
  const reach = thickness / 2 + 3 + (Math.abs(up.y) * labelHeight) / 2 + (Math.abs(up.x) * width) / 2;
  return { x: middle.x + up.x * reach, y: middle.y + up.y * reach };
}

/** Boxes, found by the squares of the plane that they touch. */
class Boxes {
  #squares = new Map<number, Rect[]>();

  /** Squares have whole numbers for coordinates: small ones, of either sign. */
  #touched({ x, y, width, height }: Rect): number[] {
    const names: number[] = [];
    for (let i = Math.floor(x / square); i <= (x + width) / square; i++)
      for (let j = Math.floor(y / square); j <= (y + height) / square; j++) names.push(i * 2 ** 24 + j);
    return names;
  }

  add(box: Rect): void {
    for (const name of this.#touched(box)) {
      const there = this.#squares.get(name);
      if (there) there.push(box);
      else this.#squares.set(name, [box]);
    }
  }

  hits(box: Rect): boolean {
    return this.#touched(box).some((name) => this.#squares.get(name)?.some((other) => overlap(box, other)));
  }
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const boxAt = ({ x, y }: CurvePoint, width: number): Rect => ({
  x: x - width / 2 - air,
  y: y - labelHeight / 2 - air,
  width: width + 2 * air,
  height: labelHeight + 2 * air,
});

/**
 * For each wire whose label has room, the fraction of the way at which it goes. A step for each card and
 * each wire: a large graph need not be done in one go.
 */
export function* placeLabels(
  wires: Iterable<LabelledWire>,
  cards: Iterable<Rect>,
): Generator<void, ReadonlyMap<string, number>> {
  const taken = new Boxes();
  for (const card of cards) {
    taken.add(card);
    yield;
  }
  const places = new Map<string, number>();
  for (const { id, curve, thickness, width } of wires) {
    yield;
    const [start, , , end] = curve;
    if (lengthOf(curve) < width + 4 || Math.abs(end.x - start.x) < width * 0.6) continue;
    const boxOf = (at: number) => boxAt(labelPoint(curve, at, thickness, width), width);
    const at = fractions.find((fraction) => !taken.hits(boxOf(fraction)));
    if (at === undefined) continue;
    taken.add(boxOf(at));
    places.set(id, at);
  }
  return places;
}
