/** Rectangles on the graph: what lies in and around a region. Lengths are in canvas units. */

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of the graph, by its sides. */
export interface ViewRegion {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const meets = ({ left, top, right, bottom }: ViewRegion, { x, y, width, height }: Rect): boolean =>
  x < right && y < bottom && x + width > left && y + height > top;

/** The smallest rectangle around both. */
export const around = (a: Rect, b: Rect): Rect => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [right, bottom] = [Math.max(a.x + a.width, b.x + b.width), Math.max(a.y + a.height, b.y + b.height)];
  return { x, y, width: right - x, height: bottom - y };
};
