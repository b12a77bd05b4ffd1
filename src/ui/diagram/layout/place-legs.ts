/**
 * Where free legs and traces point: into the widest gaps between the lines of a vertex, downwards first. An MPS
 * has its physical legs below and what is left of its bonds outside; a lattice has all its legs on one slant.
 */
import type { Skeleton, Strand } from '../model/network-diagram.ts';
import type { Form } from './recognise.ts';
import type { DiagramPoint } from './simple-graph.ts';

type Leg = readonly [strand: number, angle: number];

const [right, down, left, up] = [0, Math.PI / 2, Math.PI, -Math.PI / 2];
/** Legs side by side are no farther apart, in radians. */
const widestFan = 0.9;
/** Vertices that are nearer keep legs away from them. */
const near = 1.3;

/** Legs of the vertices of one part, which have their places. */
export function placeLegs(
  { strands }: Skeleton,
  points: readonly DiagramPoint[],
  part: readonly number[],
  form: Form,
): readonly Leg[] {
  const legsOf = new Map(part.map((v): [number, number[]] => [v, []]));
  const linesOf = new Map(part.map((v): [number, number[]] => [v, []]));
  for (const [s, { from, to }] of strands.entries()) {
    if (to === undefined || to === from) legsOf.get(from)?.push(s);
    else {
      linesOf.get(from)?.push(to);
      linesOf.get(to)?.push(from);
    }
  }
  const context: Context = { strands, points, part, legsOf, linesOf };
  return part.flatMap((v) => {
    const legs = legsOf.get(v) ?? [];
    if (legs.length === 0) return [];
    if (form === 'point') return around(legs, strands);
    if (form === 'lattice' && legs.length === 1 && isDressed(context)) return [[legs[0] as number, down / 2]];
    if (form === 'chain') return onChain(context, v, legs);
    // The leaves of a tree hang down, whichever way their branch comes.
    const isLeaf = new Set(linesOf.get(v)).size === 1;
    return inGaps(legs, form === 'tree' && isLeaf ? [up] : directions(context, v));
  });
}

interface Context {
  readonly strands: readonly Strand[];
  readonly points: readonly DiagramPoint[];
  readonly part: readonly number[];
  readonly legsOf: ReadonlyMap<number, readonly number[]>;
  readonly linesOf: ReadonlyMap<number, readonly number[]>;
}

/** A tensor by itself: a matrix has its rows on the left and its columns on the right; a trace is above. */
function around(legs: readonly number[], strands: readonly Strand[]): readonly Leg[] {
  const traces = legs.filter((s) => strands[s]?.to !== undefined);
  const free = legs.filter((s) => strands[s]?.to === undefined);
  const places =
    free.length === 1
      ? [right]
      : free.length === 2
        ? [left, right]
        : free.length === 3
          ? [left, down, right]
          : free.map((_, k) => left - (2 * Math.PI * k) / free.length);
  const above = traces.length > 0 && free.length > 3 ? inGaps(traces, places) : fan(traces, up);
  return [...free.map((s, k): Leg => [s, places[k] as number]), ...above];
}

const fan = (legs: readonly number[], middle: number, step = 1.6): readonly Leg[] =>
  legs.map((s, k) => [s, middle + step * (k - (legs.length - 1) / 2)]);

/** A tensor inside of the lattice has a leg of its own: then each has its leg there. */
const isDressed = ({ part, legsOf, linesOf }: Context): boolean =>
  part.some((v) => new Set(linesOf.get(v)).size === 4 && legsOf.get(v)?.length === 1) &&
  part.every((v) => new Set(linesOf.get(v)).size <= 4);

/**
 * On the ends of a chain, legs like those of the tensors between point like theirs, and the others outwards; which
 * are alike is told by the places of their axes.
 */
function onChain(context: Context, v: number, legs: readonly number[]): readonly Leg[] {
  const { strands, legsOf, linesOf } = context;
  const isEnd = new Set(linesOf.get(v)).size === 1;
  const between = context.part.filter((w) => new Set(linesOf.get(w)).size > 1);
  const usual = between.map((w) => legsOf.get(w) ?? []).find((own) => own.length > 0) ?? [];
  if (!isEnd || usual.length === 0) return inGaps(legs, directions(context, v));
  const places = new Set(usual.map((s) => strands[s]?.axis));
  const alike = [...legs].sort(
    (a, b) => Number(places.has(strands[b]?.axis)) - Number(places.has(strands[a]?.axis)) || a - b,
  );
  const vertical = alike.slice(0, usual.length).sort((a, b) => a - b);
  const outward = alike.slice(usual.length);
  const [line = 0] = directions(context, v);
  return [...inGaps(vertical, [line, line + Math.PI]), ...fan(outward, line + Math.PI, 0.7)];
}

/** Directions from a vertex that legs keep away from. */
function directions({ points, part, linesOf }: Context, v: number): readonly number[] {
  const at = points[v] as DiagramPoint;
  const beside = new Set(linesOf.get(v));
  return part
    .filter((w) => w !== v)
    .filter((w) => {
      const { x, y } = points[w] as DiagramPoint;
      return beside.has(w) || Math.hypot(x - at.x, y - at.y) < near;
    })
    .map((w) => Math.atan2((points[w]?.y ?? 0) - at.y, (points[w]?.x ?? 0) - at.x));
}

interface Gap {
  readonly from: number;
  readonly size: number;
}

/** Each leg into the gap that leaves it most room; of equal ones into that nearest to the ground. */
function inGaps(legs: readonly number[], taken: readonly number[]): readonly Leg[] {
  const gaps = gapsBetween(taken);
  const held = gaps.map((): number[] => []);
  const room = (g: number) => (gaps[g]?.size ?? 0) / ((held[g]?.length ?? 0) + 1);
  const height = (g: number) => Math.sin((gaps[g]?.from ?? 0) + (gaps[g]?.size ?? 0) / 2);
  for (const leg of legs) {
    const [best = 0] = [...gaps.keys()].sort((a, b) => {
      const by = room(b) - room(a);
      return Math.abs(by) > 1e-6 ? by : height(b) - height(a);
    });
    held[best]?.push(leg);
  }
  return gaps.flatMap(({ from, size }, g) => {
    const own = held[g] ?? [];
    const step = Math.min(size / (own.length + 1), widestFan);
    const middle = from + size / 2;
    // Clockwise on the upper side and counter-clockwise on the lower one: from the left to the right.
    const sign = Math.sin(middle) > 1e-6 ? -1 : 1;
    return own.map((leg, k): Leg => [leg, middle + sign * step * (k - (own.length - 1) / 2)]);
  });
}

function gapsBetween(angles: readonly number[]): readonly Gap[] {
  const turn = 2 * Math.PI;
  if (angles.length === 0) return [{ from: down - Math.PI, size: turn }];
  const sorted = angles.map((a) => ((a % turn) + turn) % turn).sort((a, b) => a - b);
  return sorted.map((from, i) => ({
    from,
    size: (sorted[i + 1] ?? (sorted[0] as number) + turn) - from,
  }));
}

/** Legs of one vertex, wherever there is room. */
export function legsAt(
  { strands, vertices }: Skeleton,
  points: readonly DiagramPoint[],
  v: number,
): readonly Leg[] {
  const legs: number[] = [];
  const lines: number[] = [];
  for (const [s, { from, to }] of strands.entries()) {
    if (from === v && (to === undefined || to === from)) legs.push(s);
    else if (from === v && to !== undefined) lines.push(to);
    else if (to === v) lines.push(from);
  }
  const part = [...vertices.keys()];
  if (part.length === 1) return around(legs, strands);
  const context = { strands, points, part, legsOf: new Map(), linesOf: new Map([[v, lines]]) };
  return inGaps(legs, directions(context, v));
}
