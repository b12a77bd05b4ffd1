/**
 * Which cards and wires React Flow is given: those in and around the view. It walks all that it is given
 * at every change, and so must not be given a whole large graph. The region is wider than the view and
 * snaps to a grid, so that a view that moves asks for other cards only now and then.
 */
import type { ReactFlowState } from 'reactflow';
import type { GraphEdge } from '../../../graph-schema/document.ts';
import type { Rect } from './label-places.ts';
import type { Scene } from './scene.ts';

/** On the graph. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const nowhere: Region = { left: 0, top: 0, right: 0, bottom: 0 };

/** The view and at least half a grid step around it; a step is an eighth to a quarter of the view. */
export function regionOf({ width, height, transform: [x, y, zoom] }: ReactFlowState): Region {
  if (width === 0 || height === 0) return nowhere;
  const step = 2 ** Math.floor(Math.log2(Math.max(width, height) / zoom / 4));
  const low = (at: number) => Math.floor(at / zoom / step - 0.5) * step;
  const high = (at: number) => Math.ceil(at / zoom / step + 0.5) * step;
  return { left: low(-x), top: low(-y), right: high(width - x), bottom: high(height - y) };
}

export const meets = ({ left, top, right, bottom }: Region, { x, y, width, height }: Rect): boolean =>
  x < right && y < bottom && x + width > left && y + height > top;

/** The smallest rectangle around both. */
export const around = (a: Rect, b: Rect): Rect => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [right, bottom] = [Math.max(a.x + a.width, b.x + b.width), Math.max(a.y + a.height, b.y + b.height)];
  return { x, y, width: right - x, height: bottom - y };
};

/** The smallest rectangle around all of them; undefined where there are none. */
export function boundsOf(scene: Scene, ids: readonly string[]): Rect | undefined {
  let bounds: Rect | undefined;
  for (const id of ids) bounds = bounds ? around(bounds, scene.place(id)) : scene.place(id);
  return bounds;
}

/** The cards and wires of a region, in the order of the document. */
export interface Parts {
  readonly cards: ReadonlySet<string>;
  readonly wires: readonly string[];
}

/** Wires that pass through the region, the cards there, and those at the ends of such wires. */
export function partsInView(scene: Scene, region: Region): Parts {
  const { edges } = scene.state.document;
  const places = new Map(scene.cards.map((id) => [id, scene.place(id)]));
  const cards = new Set<string>();
  for (const [id, place] of places) if (meets(region, place)) cards.add(id);
  const wires = scene.wires.filter((id) => {
    const { from, to } = edges[id] as GraphEdge;
    const inside = meets(region, around(places.get(from.node) as Rect, places.get(to.node) as Rect));
    if (inside) cards.add(from.node).add(to.node);
    return inside;
  });
  return { cards, wires };
}
