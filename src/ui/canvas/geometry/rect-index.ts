/** Rectangles that are found by the squares of the plane that they touch. */
import type { Rect } from './rect.ts';

/** Side of a square. */
const square = 128;

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export class RectIndex {
  #squares = new Map<number, Rect[]>();

  constructor(rects: Iterable<Rect> = []) {
    for (const rect of rects) this.add(rect);
  }

  /** Squares have whole numbers for coordinates: small ones, of either sign. */
  #touched({ x, y, width, height }: Rect): number[] {
    const names: number[] = [];
    for (let i = Math.floor(x / square); i <= (x + width) / square; i++)
      for (let j = Math.floor(y / square); j <= (y + height) / square; j++) names.push(i * 2 ** 24 + j);
    return names;
  }

  add(rect: Rect): void {
    for (const name of this.#touched(rect)) {
      const there = this.#squares.get(name);
      if (there) there.push(rect);
      else this.#squares.set(name, [rect]);
    }
  }

  /** Whether one of them shares an area with this. */
  hits(rect: Rect): boolean {
    return this.#touched(rect).some((name) => this.#squares.get(name)?.some((other) => overlap(rect, other)));
  }

  /** Those that share an area with this, in the order in which they came. */
  within(rect: Rect): ReadonlySet<Rect> {
    const found = new Set<Rect>();
    for (const name of this.#touched(rect))
      for (const other of this.#squares.get(name) ?? []) if (overlap(rect, other)) found.add(other);
    return found;
  }
}
