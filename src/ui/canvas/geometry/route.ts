/**
 * The way of a wire around cards: from an output to an input by level and upright lines, as short and with as few
 * corners as can be. Found by Dijkstra's algorithm on the lines that pass beside the cards in between (a sparse
 * orthogonal visibility graph; Wybrow, Marriott and Stuckey, Orthogonal Connector Routing, 2009).
 * Lengths are in canvas units.
 */
import type { CurvePoint } from '../../ribbon/curve.ts';
import type { Rect } from './rect.ts';
import type { RectIndex } from './rect-index.ts';

/** The way of a wire: its ends, and its corners in between. The first and last lines are level. */
export type Waypoints = readonly CurvePoint[];

export interface WireEnds {
  readonly from: CurvePoint;
  readonly to: CurvePoint;
  /** Of the ribbon. */
  readonly thickness: number;
}

/** How far a ribbon keeps from cards: as far as this where it can, nearer where it must. */
const distances = [14, 7, 2];
/** What a corner is worth in length. */
const corner = 50;
/** How far around both ends a way is looked for, and how far if there is none. */
const around = [120, 480];
/** Corners of the grid beyond which the search would be felt. */
const most = 12_000;

const distinct = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** The place of the first of sorted values that is not below. */
const at = (values: readonly number[], value: number): number => {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The least distance of the middle of a ribbon from a card. */
export const gapOf = (thickness: number, distance: number): number => Math.ceil(thickness / 2 + distance);

/** A line that is nearer to a card than it should be by no more than this does not count as too near. */
const slack = 0.5;

/** How far the first line goes out of its port, and the last into it. */
export function stubOf({ from, to, thickness }: WireEnds, distance: number): number {
  const wanted = gapOf(thickness, distance);
  const between = to.x - from.x;
  // Where the ports face each other closely, half of the way each.
  return between > 0 && between < 2 * wanted ? between / 2 : wanted;
}

/** Undefined where every way is barred, or it would take too long to find one. */
export function findRoute(ends: WireEnds, cards: RectIndex): Waypoints | undefined {
  const { from, to } = ends;
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  for (const reach of around) {
    const region = {
      x: left - reach,
      y: top - reach,
      width: right - left + 2 * reach,
      height: bottom - top + 2 * reach,
    };
    const found = searchAmong(ends, [...cards.within(region)]);
    if (found) return found;
  }
  return undefined;
}

/** Whether a way steps aside: so little that nearer to the cards it might not have to. */
const stepsAside = (points: Waypoints): boolean =>
  points.some((point, i) => {
    const before = points[i - 1];
    const isInner = before && i > 1 && i + 1 < points.length;
    return isInner && Math.abs(point.x - before.x) + Math.abs(point.y - before.y) < 30;
  });

/** As far from the cards as can be, but nearer where that spares corners. */
function searchAmong(ends: WireEnds, cards: readonly Rect[]): Waypoints | undefined {
  let best: Waypoints | undefined;
  for (const distance of distances) {
    if (best && !stepsAside(best)) break;
    const found = search(ends, cards, stubOf(ends, distance), gapOf(ends.thickness, distance));
    if (found && !(best && best.length <= found.length)) best = found;
  }
  return best;
}

function search(
  { from, to }: WireEnds,
  cards: readonly Rect[],
  stub: number,
  gap: number,
): Waypoints | undefined {
  const [start, end] = [
    { x: from.x + stub, y: from.y },
    { x: to.x - stub, y: to.y },
  ];
  // Beside a card a line may run as near as the stub of its own port.
  const beside = Math.min(gap, stub);
  const xs = distinct([start.x, end.x, ...cards.flatMap((c) => [c.x - beside, c.x + c.width + beside])]);
  const ys = distinct([start.y, end.y, ...cards.flatMap((c) => [c.y - gap, c.y + c.height + gap])]);
  const [columns, rows] = [xs.length, ys.length];
  if (columns * rows > most) return undefined;
  // Whether the line to the next corner is barred: to the right, and downwards.
  const level = new Uint8Array(columns * rows);
  const upright = new Uint8Array(columns * rows);
  for (const card of cards) {
    // Lines that lie within, and intervals that reach in.
    const [firstX, lastX] = [at(xs, card.x - beside + slack), at(xs, card.x + card.width + beside - slack)];
    const [firstY, lastY] = [at(ys, card.y - gap + slack), at(ys, card.y + card.height + gap - slack)];
    for (let j = Math.max(0, firstY - 1); j < lastY; j++)
      for (let i = Math.max(0, firstX - 1); i < lastX; i++) {
        if (j >= firstY) level[j * columns + i] = 1;
        if (i >= firstX) upright[j * columns + i] = 1;
      }
  }
  const grid = { xs, ys, level, upright };
  return walk(grid, at(xs, start.x) + columns * at(ys, start.y), at(xs, end.x) + columns * at(ys, end.y), [
    from,
    to,
  ]);
}

interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly level: Uint8Array;
  readonly upright: Uint8Array;
}

/** Right, down, left, up. */
const directions = 4;

/** From one corner of the grid to another: it sets out to the right, and arrives to the right. */
function walk(
  { xs, ys, level, upright }: Grid,
  start: number,
  end: number,
  [from, to]: readonly [CurvePoint, CurvePoint],
): Waypoints | undefined {
  const columns = xs.length;
  const costs = new Float64Array(columns * ys.length * directions).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(costs.length).fill(-1);
  const queue = new Queue();
  costs[start * directions] = 0;
  queue.push(start * directions, 0);
  const goal = end * directions;
  for (let state = queue.pop(); state >= 0; state = queue.pop()) {
    if (state === goal) break;
    const [place, way] = [Math.floor(state / directions), state % directions];
    const [i, j] = [place % columns, Math.floor(place / columns)];
    const cost = costs[state] as number;
    const go = (next: number, turned: number, length: number) => {
      const other = next * directions + turned;
      const sum = cost + length + (turned === way ? 0 : corner);
      if (sum >= (costs[other] as number) - 1e-9) return;
      costs[other] = sum;
      before[other] = state;
      queue.push(other, sum);
    };
    // Whoever comes from above or below turns into the port.
    if (place === end && way % 2 === 1) go(place, 0, 0);
    const step = (values: readonly number[], k: number) => (values[k + 1] as number) - (values[k] as number);
    if (way !== 2 && i + 1 < columns && !level[place]) go(place + 1, 0, step(xs, i));
    if (way !== 3 && j + 1 < ys.length && !upright[place]) go(place + columns, 1, step(ys, j));
    if (way !== 0 && i > 0 && !level[place - 1]) go(place - 1, 2, step(xs, i - 1));
    if (way !== 1 && j > 0 && !upright[place - columns]) go(place - columns, 3, step(ys, j - 1));
  }
  if (costs[goal] === Number.POSITIVE_INFINITY) return undefined;
  const way: CurvePoint[] = [];
  for (let state = goal; state >= 0; state = before[state] as number) {
    const place = Math.floor(state / directions);
    way.push({ x: xs[place % columns] as number, y: ys[Math.floor(place / columns)] as number });
  }
  return straightened([from, ...way.reverse(), to]);
}

/** Without the points that are no corners. */
export function straightened(points: Waypoints): CurvePoint[] {
  const corners: CurvePoint[] = [];
  for (const point of points) {
    const [a, b] = [corners.at(-2), corners.at(-1)];
    if (b?.x === point.x && b.y === point.y) continue;
    const goesOn = a && b && ((a.x === b.x && b.x === point.x) || (a.y === b.y && b.y === point.y));
    if (goesOn) corners.pop();
    corners.push(point);
  }
  return corners;
}

/** States by their cost, the least first; of equal ones the one that came first. A binary heap. */
class Queue {
  #states: number[] = [];
  #costs: number[] = [];

  push(state: number, cost: number): void {
    let k = this.#states.length;
    while (k > 0) {
      const parent = (k - 1) >> 1;
      if ((this.#costs[parent] as number) <= cost) break;
      this.#put(k, this.#states[parent] as number, this.#costs[parent] as number);
      k = parent;
    }
    this.#put(k, state, cost);
  }

  /** −1 when there is none. */
  pop(): number {
    const [first = -1] = this.#states;
    const [state, cost] = [this.#states.pop(), this.#costs.pop()];
    const length = this.#states.length;
    if (state === undefined || cost === undefined || length === 0) return first;
    let k = 0;
    for (;;) {
      let child = 2 * k + 1;
      if (child >= length) break;
      if (child + 1 < length && (this.#costs[child + 1] as number) < (this.#costs[child] as number)) child++;
      if ((this.#costs[child] as number) >= cost) break;
      this.#put(k, this.#states[child] as number, this.#costs[child] as number);
      k = child;
    }
    this.#put(k, state, cost);
    return first;
  }

  #put(k: number, state: number, cost: number): void {
    this.#states[k] = state;
    this.#costs[k] = cost;
  }
}
