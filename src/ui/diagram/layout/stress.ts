/**
 * A layout for networks of no special form: places whose distances are as near as they can be to the numbers of
 * lines between vertices, by stress majorization (E. R. Gansner, Y. Koren and S. North, "Graph drawing by stress
 * majorization", 2004, equation 8, weights d⁻²). Then vertices are moved off each other and off foreign lines.
 * The same graph has the same drawing: the starts are a circle and seeded random places.
 */
import { keyFrom, uniform } from '../../../base/random.ts';
import { type DiagramPoint, distancesFrom, type Neighbours } from './simple-graph.ts';

interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** No two vertices of a layout are nearer, and none is nearer to a line that it does not end. */
export const leastDistance = 0.8;
const leastFromLine = 0.42;

/** Work grows with the square of the vertices; so many starts and rounds stay below a tenth of a second. */
const starts = (n: number): number => (n <= 24 ? 8 : n <= 64 ? 4 : 1);
const rounds = (n: number): number => (n <= 64 ? 120 : 40);

/** A connected graph. Landscape: the longer side across. */
export function stressLayout(graph: Neighbours): readonly DiagramPoint[] {
  const n = graph.length;
  const distance = graph.map((_, v) => distancesFrom(graph, v));
  let best: { places: Places; stress: number } | undefined;
  for (let start = 0; start < starts(n); start++) {
    const places = majorize(firstPlaces(n, start), distance, rounds(n));
    const stress = stressOf(places, distance);
    if (!best || stress < best.stress - 1e-9) best = { places, stress };
  }
  const { x, y } = best?.places ?? firstPlaces(n, 0);
  turnToLandscape(x, y);
  separate(x, y, graph);
  return graph.map((_, v) => ({ x: x[v] as number, y: y[v] as number }));
}

function firstPlaces(n: number, start: number): Places {
  const radius = Math.sqrt(n) / 2;
  if (start > 0) {
    const numbers = uniform(keyFrom(start, 'diagram'), 2 * n);
    return {
      x: numbers.slice(0, n).map((u) => 2 * radius * u),
      y: numbers.slice(n).map((u) => 2 * radius * u),
    };
  }
  // A little out of round, lest two vertices stay where the symmetry puts them: on one place.
  const angle = (v: number) => (2 * Math.PI * v) / n - Math.PI / 2;
  return {
    x: Float64Array.from({ length: n }, (_, v) => (radius + 0.013 * v) * Math.cos(angle(v))),
    y: Float64Array.from({ length: n }, (_, v) => radius * Math.sin(angle(v))),
  };
}

type Distances = readonly (readonly number[])[];

/** Each vertex in turn goes to the weighted mean of where each other one would have it. */
function majorize({ x, y }: Places, distance: Distances, count: number): Places {
  const n = x.length;
  for (let round = 0; round < count; round++)
    for (let v = 0; v < n; v++) {
      let [sumX, sumY, sum] = [0, 0, 0];
      for (let w = 0; w < n; w++) {
        if (w === v) continue;
        const d = distance[v]?.[w] as number;
        const [dx, dy] = [(x[v] as number) - (x[w] as number), (y[v] as number) - (y[w] as number)];
        const scale = d / Math.max(1e-6, Math.hypot(dx, dy));
        const weight = 1 / (d * d);
        sumX += weight * ((x[w] as number) + scale * dx);
        sumY += weight * ((y[w] as number) + scale * dy);
        sum += weight;
      }
      if (sum === 0) continue;
      x[v] = sumX / sum;
      y[v] = sumY / sum;
    }
  return { x, y };
}

function stressOf({ x, y }: Places, distance: Distances): number {
  let stress = 0;
  for (let v = 0; v < x.length; v++)
    for (let w = 0; w < v; w++) {
      const d = distance[v]?.[w] as number;
      const is = Math.hypot((x[v] as number) - (x[w] as number), (y[v] as number) - (y[w] as number));
      stress += ((is - d) / d) ** 2;
    }
  return stress;
}

/** About the middle, so that the direction of largest spread lies across, and the first vertex in the upper left. */
function turnToLandscape(x: Float64Array, y: Float64Array): void {
  const n = x.length;
  const mean = (of: Float64Array) => of.reduce((sum, u) => sum + u, 0) / n;
  const [middleX, middleY] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let v = 0; v < n; v++) {
    const [dx, dy] = [(x[v] as number) - middleX, (y[v] as number) - middleY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let v = 0; v < n; v++) {
    const [dx, dy] = [(x[v] as number) - middleX, (y[v] as number) - middleY];
    x[v] = cos * dx + sin * dy;
    y[v] = cos * dy - sin * dx;
  }
  if ((x[0] ?? 0) > 0) for (let v = 0; v < n; v++) x[v] = -(x[v] as number);
  if ((y[0] ?? 0) > 0) for (let v = 0; v < n; v++) y[v] = -(y[v] as number);
}

/** Most rounds of moving apart; after half of them lines no longer count, so that vertices surely part. */
const separations = 300;

function separate(x: Float64Array, y: Float64Array, graph: Neighbours): void {
  const lines = graph.flatMap((beside, v) => beside.filter((w) => w > v).map((w) => [v, w] as const));
  for (let round = 0; round < separations; round++) {
    const forLines = round < separations / 2 && pushOffLines(x, y, lines);
    const forVertices = pushApart(x, y);
    if (!forLines && !forVertices) return;
  }
  spread(x, y);
}

function pushApart(x: Float64Array, y: Float64Array): boolean {
  let moved = false;
  for (let v = 0; v < x.length; v++)
    for (let w = 0; w < v; w++) {
      const [dx, dy] = [(x[v] as number) - (x[w] as number), (y[v] as number) - (y[w] as number)];
      const is = Math.hypot(dx, dy);
      if (is >= leastDistance) continue;
      // Vertices on one place part sideways.
      const [ux, uy] = is > 1e-6 ? [dx / is, dy / is] : [1, 0];
      const by = (leastDistance - is) / 2 + 0.005;
      x[v] = (x[v] as number) + by * ux;
      y[v] = (y[v] as number) + by * uy;
      x[w] = (x[w] as number) - by * ux;
      y[w] = (y[w] as number) - by * uy;
      moved = true;
    }
  return moved;
}

function pushOffLines(
  x: Float64Array,
  y: Float64Array,
  lines: readonly (readonly [number, number])[],
): boolean {
  let moved = false;
  for (const [a, b] of lines)
    for (let v = 0; v < x.length; v++) {
      if (v === a || v === b) continue;
      const [ax, ay] = [x[a] as number, y[a] as number];
      const [lx, ly] = [(x[b] as number) - ax, (y[b] as number) - ay];
      const length = Math.hypot(lx, ly);
      const along = (((x[v] as number) - ax) * lx + ((y[v] as number) - ay) * ly) / (length * length || 1);
      if (along <= 0 || along >= 1) continue;
      const [dx, dy] = [(x[v] as number) - ax - along * lx, (y[v] as number) - ay - along * ly];
      const is = Math.hypot(dx, dy);
      if (is >= leastFromLine) continue;
      const [ux, uy] = is > 1e-6 ? [dx / is, dy / is] : [-ly / length, lx / length];
      const by = (leastFromLine - is) / 2 + 0.005;
      x[v] = (x[v] as number) + by * ux;
      y[v] = (y[v] as number) + by * uy;
      for (const end of [a, b]) {
        x[end] = (x[end] as number) - (by / 2) * ux;
        y[end] = (y[end] as number) - (by / 2) * uy;
      }
      moved = true;
    }
  return moved;
}

/** What still overlaps parts when everything is drawn larger. */
function spread(x: Float64Array, y: Float64Array): void {
  let nearest = Number.POSITIVE_INFINITY;
  for (let v = 0; v < x.length; v++)
    for (let w = 0; w < v; w++)
      nearest = Math.min(
        nearest,
        Math.hypot((x[v] as number) - (x[w] as number), (y[v] as number) - (y[w] as number)),
      );
  if (nearest >= leastDistance) return;
  const by = leastDistance / Math.max(nearest, 0.05);
  for (let v = 0; v < x.length; v++) {
    x[v] = by * (x[v] as number);
    y[v] = by * (y[v] as number);
  }
}
