/**
 * Where a node goes that nobody has placed: as near as can be to what was asked for, and never on top of
 * another. How large cards are is said by who draws them; where nobody draws, a typical card is taken.
 * Lengths are in canvas units.
 */
import type { GraphEdge, GraphLevel, Placement } from '../../graph-schema/document.ts';
import type { Added } from '../document/apply-edits.ts';
import { card, type Point } from '../document/places.ts';
import { reachable } from './reachable.ts';

export interface CardSize {
  readonly width: number;
  readonly height: number;
}

/** How large the card of a node is. */
export type CardSizes = (node: string) => CardSize;

/** A drawing, and how large its cards are. */
export interface Ground {
  readonly graph: GraphLevel;
  readonly sizes: CardSizes;
}

type CardRect = Point & CardSize;

export const typicalSizes: CardSizes = () => card;

/** The least that should be seen of a wire between two cards. */
const wireLength = 56;
/** From the top of a card to its first port: a wire runs straight through a card that lies so on it. */
const portHeight = 66;
/** Cards whose rows differ by less are put into one row. */
const sameRow = 14;
/** New cards lie on the canvas's grid, as dragged ones do. */
const grid = 4;
const beside = 48;

const onGrid = (x: number): number => Math.round(x / grid) * grid;

const rectOf = ({ sizes }: Ground, id: string, place: Placement): CardRect => {
  const size = sizes(id);
  return { x: place.x, y: place.y, width: place.width ?? size.width, height: place.height ?? size.height };
};

const meet = (a: CardRect, b: CardRect, margin: number): boolean =>
  a.x < b.x + b.width + margin &&
  b.x < a.x + a.width + margin &&
  a.y < b.y + b.height + margin &&
  b.y < a.y + a.height + margin;

const step = 16;
/** How far away a free place is looked for. */
const reach = 40 * step;
/** More than any card is wide, and than all but the largest are high. */
const widest = 400;
const highest = 3000;

/** Steps away from a place, the nearest first; downwards and to the right rather than back. */
const ways: readonly Point[] = Array.from({ length: 81 * 81 }, (_, i) => ({
  x: ((i % 81) - 40) * step,
  y: (Math.floor(i / 81) - 40) * step,
})).sort((a, b) => detour(a) - detour(b));

function detour({ x, y }: Point): number {
  return Math.hypot(x, y) + (x < 0 ? step / 2 : 0) + (y < 0 ? step / 2 : 0);
}

/** The free place nearest to `at` for the upper left corner of a card; `self` is no obstacle to itself. */
export function freeSpot(ground: Ground, size: CardSize, at: Point, self?: string): Point {
  const others = Object.entries(ground.graph.layout.nodes).flatMap(([id, place]) => {
    const isNear =
      Math.abs(place.x - at.x) < reach + widest &&
      place.y - at.y < reach + widest &&
      at.y - place.y < reach + highest;
    return isNear && id !== self ? [rectOf(ground, id, place)] : [];
  });
  const corner = { x: onGrid(at.x), y: onGrid(at.y) };
  const isFree = (way: Point) => {
    const here = { x: corner.x + way.x, y: corner.y + way.y, ...size };
    return !others.some((other) => meet(here, other, card.margin));
  };
  const way = ways.find(isFree);
  if (way) return { x: corner.x + way.x, y: corner.y + way.y };
  return { x: corner.x, y: onGrid(Math.max(...others.map(({ y, height }) => y + height)) + card.margin) };
}

/** Up to so many cards are looked at one by one when some are pushed aside. */
const few = 400;

/**
 * Everything that follows a node, and lies no further left, moves to the right, and with it whatever it
 * would come to lie on.
 */
function pushAside(ground: Ground, from: string, by: number): void {
  const { graph } = ground;
  const { nodes } = graph.layout;
  const start = nodes[from]?.x ?? 0;
  const moved = new Set(
    [...reachable(graph, from, 'downstream')].filter((id) => (nodes[id]?.x ?? -Infinity) >= start),
  );
  const rects = new Map<string, CardRect>();
  if (Object.keys(nodes).length <= few)
    for (const [id, place] of Object.entries(nodes)) rects.set(id, rectOf(ground, id, place));
  for (const id of moved) {
    const rect = rects.get(id);
    if (!rect) continue;
    const there = { ...rect, x: rect.x + by };
    for (const [other, box] of rects)
      if (!moved.has(other) && meet(there, box, 0) && !meet(rect, box, 0) && box.x >= rect.x)
        moved.add(other);
  }
  for (const id of moved) {
    const place = nodes[id];
    if (place) nodes[id] = { ...place, x: Math.round(place.x + by) };
  }
}

/**
 * The place of a card on a wire: in the middle, or as near to `at` (where its middle is wanted) as the wire
 * goes. Where there is not room enough between the ends, what follows the wire makes room.
 */
export function spotOnWire(
  ground: Ground,
  { from, to }: GraphEdge,
  size: CardSize,
  { at, self }: { readonly at?: Point; readonly self?: string } = {},
): Point {
  const places = ground.graph.layout.nodes;
  const [source, target] = [places[from.node], places[to.node]];
  const corner = at && { x: at.x - size.width / 2, y: at.y - Math.min(portHeight, size.height - 8) };
  if (!source || !target) return freeSpot(ground, size, corner ?? source ?? target ?? { x: 0, y: 0 }, self);
  const start = source.x + rectOf(ground, from.node, source).width;
  // A wire that runs backwards has no between.
  if (target.x <= source.x) {
    const middle = { x: (start + target.x - size.width) / 2, y: (source.y + target.y) / 2 };
    return freeSpot(ground, size, corner ?? middle, self);
  }
  const missing = Math.max(0, size.width + 2 * wireLength - (target.x - start));
  if (missing > 0) pushAside(ground, to.node, missing);
  const [first, last] = [start + wireLength, target.x + missing - wireLength - size.width];
  const x = corner ? Math.min(last, Math.max(first, corner.x)) : (first + last) / 2;
  const y = corner?.y ?? (source.y + target.y) / 2;
  const row = [source.y, target.y].find((other) => Math.abs(other - y) < sameRow);
  return freeSpot(ground, size, { x, y: row ?? y }, self);
}

/** Places nodes that edits have added: on the wire that ran there, or beside what they belong to. */
export function placeAdded(added: readonly Added[], groundOf: (graph: GraphLevel) => Ground): void {
  for (const { graph, id, near, wire, place } of added) {
    const ground = groundOf(graph);
    const size = ground.sizes(id);
    const width = place && near !== undefined ? rectOf(ground, near, place).width : 0;
    const spot = wire
      ? spotOnWire(ground, wire, size)
      : freeSpot(ground, size, { x: (place?.x ?? 0) + width + beside, y: place?.y ?? 0 });
    graph.layout.nodes[id] = { ...spot };
  }
}

/**
 * Where the instance goes that stands for several nodes: amid them, where what feeds it lies to the left and what
 * reads it to the right; else, as where they stood in two rows, in the place of `entry`, which was fed first.
 */
export function spotForInstance(ground: Ground, instance: string, entry: Point): Point {
  const { graph } = ground;
  const { nodes } = graph.layout;
  const size = ground.sizes(instance);
  const amid = nodes[instance] ?? entry;
  const ends = Object.values(graph.edges).flatMap(({ from, to }) => {
    const other = to.node === instance ? from.node : from.node === instance ? to.node : undefined;
    const place = other === undefined ? undefined : nodes[other];
    return other !== undefined && place
      ? [{ feeds: to.node === instance, box: rectOf(ground, other, place) }]
      : [];
  });
  const runsOn = ends.every(({ feeds, box }) =>
    feeds ? box.x + box.width <= amid.x : amid.x + size.width <= box.x,
  );
  const here = { x: amid.x, y: amid.y, ...size };
  const covers = Object.entries(nodes).some(
    ([id, place]) => id !== instance && meet(here, rectOf(ground, id, place), 0),
  );
  // Where nothing speaks against it, ungrouping puts everything back where it was.
  if (runsOn && !covers) return amid;
  return freeSpot(ground, size, runsOn ? amid : entry, instance);
}
