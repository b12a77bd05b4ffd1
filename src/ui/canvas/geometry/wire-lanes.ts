/**
 * Lanes: where the ways of several wires run between the same cards, their lines are put beside each other, in
 * the middle of the room that there is, in an order in which they cross least (after Wybrow, Marriott and
 * Stuckey, Orthogonal Connector Routing, 2009).
 */
import type { CurvePoint } from '../../ribbon/curve.ts';
import type { Rect } from './rect.ts';
import type { RectIndex } from './rect-index.ts';
import { gapOf, straightened, type Waypoints } from './route.ts';

export interface RoutedWire {
  readonly id: string;
  readonly points: Waypoints;
  readonly thickness: number;
}

type Axis = 'x' | 'y';

/** An inner line of a way: it may be moved across itself, between two bounds. */
interface Lane {
  readonly wire: number;
  /** Of the corner at which it begins. */
  readonly index: number;
  /** Across itself. */
  at: number;
  /** Along itself, from the lesser to the greater. */
  readonly start: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
  readonly thickness: number;
  /** Whether the lines before and after it go to lesser places: −2 both, 2 neither. */
  readonly pull: number;
}

/** Between the ribbons of two lanes. */
const between = 9;
/** How far lanes go from the cards that they pass, where nothing is on their other side. */
const farthest = 400;
/** Room that is wider than this is not used to the middle: the lane stays near the cards that it goes around. */
const wide = 200;

/** Each wire's way with its lines in their lanes; a way that would come upon a card by it stays as it was. */
export function inLanes(wires: readonly RoutedWire[], cards: RectIndex): readonly Waypoints[] {
  let ways = wires.map(({ points }) => points);
  for (const axis of ['y', 'x'] as const) {
    const lanes = wires.flatMap((wire, i) => lanesOf(wire, i, ways[i] as Waypoints, axis, cards));
    for (const group of groupsOf(lanes)) spread(group);
    ways = ways.map((points, i) => {
      const moved = points.map((point) => ({ ...point }));
      for (const { wire, index, at } of lanes) {
        if (wire !== i) continue;
        for (const k of [index, index + 1]) (moved[k] as { x: number; y: number })[axis] = at;
      }
      return moved;
    });
  }
  return ways.map((points, i) => {
    const { points: before, thickness } = wires[i] as RoutedWire;
    return isClear(points, thickness, cards) ? straightened(points) : before;
  });
}

/** Lines of a way across an axis, other than the first and the last. */
function lanesOf(
  { thickness }: RoutedWire,
  wire: number,
  points: Waypoints,
  axis: Axis,
  cards: RectIndex,
): Lane[] {
  const other = axis === 'x' ? 'y' : 'x';
  const lanes: Lane[] = [];
  for (let index = 1; index + 2 < points.length; index++) {
    const [before, a, b, after] = points.slice(index - 1, index + 3) as [
      CurvePoint,
      CurvePoint,
      CurvePoint,
      CurvePoint,
    ];
    if (a[axis] !== b[axis] || a[other] === b[other]) continue;
    const at = a[axis];
    const [start, end] = [Math.min(a[other], b[other]), Math.max(a[other], b[other])];
    const outer = index === 1 ? before[axis] : index + 3 === points.length ? after[axis] : undefined;
    const room = roomOf(cards, axis, at, start, end, thickness);
    // The first line goes on to the right and the last comes from the left, whatever there is room for.
    const [low, high] =
      outer === undefined || axis === 'y'
        ? [room.low, room.high]
        : index === 1
          ? [Math.max(room.low, Math.min(at, outer + thickness / 2 + 2)), room.high]
          : [room.low, Math.min(room.high, Math.max(at, outer - thickness / 2 - 2))];
    const pull = Math.sign(before[axis] - at) + Math.sign(after[axis] - at);
    lanes.push({ wire, index, at, start, end, low, high, thickness, pull });
  }
  return lanes;
}

/** How far a line may be moved either way before it comes upon a card. */
function roomOf(cards: RectIndex, axis: Axis, at: number, start: number, end: number, thickness: number) {
  const along = { start: start - thickness / 2, size: end - start + thickness };
  const region: Rect =
    axis === 'y'
      ? { x: along.start, y: at - farthest, width: along.size, height: 2 * farthest }
      : { x: at - farthest, y: along.start, width: 2 * farthest, height: along.size };
  let [low, high] = [at - farthest, at + farthest];
  const gap = gapOf(thickness, 2);
  for (const card of cards.within(region)) {
    const [near, far] = axis === 'y' ? [card.y, card.y + card.height] : [card.x, card.x + card.width];
    if (far <= at) low = Math.max(low, Math.min(at, far + gap));
    else if (near >= at) high = Math.min(high, Math.max(at, near - gap));
  }
  return { low, high };
}

/** Lanes that would run on or close beside each other, together. */
function groupsOf(lanes: readonly Lane[]): Lane[][] {
  const groups: Lane[][] = [];
  const meets = (a: Lane, b: Lane) =>
    a.start <= b.end && b.start <= a.end && a.low <= b.high && b.low <= a.high;
  for (const lane of lanes) {
    const joined = groups.filter((group) => group.some((other) => meets(lane, other)));
    const group = [lane, ...joined.flat()];
    for (const old of joined) groups.splice(groups.indexOf(old), 1);
    groups.push(group);
  }
  return groups;
}

/** Puts the lanes of a group side by side. */
function spread(group: Lane[]): void {
  for (const lane of group) if (lane.high - lane.low <= wide) lane.at = (lane.low + lane.high) / 2;
  group.sort((a, b) => a.at - b.at || a.wire - b.wire || a.index - b.index);
  // Those that want the same place are ordered by where they come from and go to.
  const ordered: Lane[] = [];
  let bunch: Lane[] = [];
  for (const lane of group) {
    const last = bunch.at(-1);
    if (last && lane.at - last.at > together) {
      ordered.push(...bunch.sort(byTurns));
      bunch = [];
    }
    bunch.push(lane);
  }
  separate([...ordered, ...bunch.sort(byTurns)]);
}

/** Lanes that want to lie nearer to each other than this want the same place. */
const together = 20;

/** What turns to lesser places both times lies first; of those the shorter, of the opposite ones the longer. */
const byTurns = (a: Lane, b: Lane): number =>
  a.pull - b.pull ||
  Math.sign(a.pull) * (b.end - b.start - (a.end - a.start)) * -1 ||
  a.at - b.at ||
  a.wire - b.wire ||
  a.index - b.index;

/** Moves lanes apart that overlap along themselves, as little as need be, keeping their order and their bounds. */
function separate(lanes: readonly Lane[]): void {
  const clash = (a: Lane, b: Lane) =>
    a.start <= b.end && b.start <= a.end && a.low <= b.high && b.low <= a.high;
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let i = 0; i < lanes.length; i++)
      for (let j = i + 1; j < lanes.length; j++) {
        const [a, b] = [lanes[i] as Lane, lanes[j] as Lane];
        if (!clash(a, b)) continue;
        const missing = (a.thickness + b.thickness) / 2 + between - (b.at - a.at);
        if (missing <= 0.01) continue;
        // Half of it each, or as much as one can where the other cannot.
        const [up, down] = [Math.max(0, a.at - a.low), Math.max(0, b.high - b.at)];
        const first = Math.min(up, Math.max(missing / 2, missing - down));
        a.at -= first;
        b.at += Math.min(down, missing - first);
        moved = true;
      }
    if (!moved) return;
  }
}

/** Each brings lanes nearer to where they lie clear; beyond this they lie as clear as there is room. */
const rounds = 16;

/** Whether a ribbon along these corners lies on no card. */
export function isClear(points: Waypoints, thickness: number, cards: RectIndex): boolean {
  const half = thickness / 2;
  return points.every((b, i) => {
    const a = points[i - 1];
    if (!a) return true;
    // Outer lines touch the cards of their ends.
    const [first, last] = [i === 1 ? 1 : 0, i === points.length - 1 ? 1 : 0];
    const [left, right] = a.x <= b.x ? [a.x + first, b.x - last] : [b.x, a.x];
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    const level = a.y === b.y;
    return !cards.hits({
      x: level ? left : left - half,
      y: level ? top - half : top,
      width: level ? Math.max(0, right - left) : thickness,
      height: level ? thickness : bottom - top,
    });
  });
}
