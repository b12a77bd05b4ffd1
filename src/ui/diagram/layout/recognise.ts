/**
 * Networks that have a name, drawn as textbooks draw them: a chain (matrix products, MPS), a ring, a lattice (PEPS,
 * ladders of MPS and MPO), and each of these with tensors hanging on it; a star; trees from their middle downwards;
 * rings inside each other, and a row between two.
 * Neighbours are one unit apart, a little more in a lattice, for its legs; y points downwards.
 */
import { betweenTwo, concentricRings } from './rings.ts';
import { type DiagramPoint, distancesFrom, edgeCount, type Neighbours, within } from './simple-graph.ts';

export type Form = 'point' | 'chain' | 'ring' | 'lattice' | 'tree' | 'star' | 'rings' | 'row' | 'general';

export interface Recognised {
  readonly form: Exclude<Form, 'general'>;
  readonly points: readonly DiagramPoint[];
}

/** From row to row and from column to column of a lattice. */
const latticeStep = 1.2;

/** How far from the core a tensor hangs that nothing else holds. */
const hanging = 0.95;

/** A connected graph of at least one vertex; undefined where it is none of them. */
export function recognise(graph: Neighbours): Recognised | undefined {
  return core(graph) ?? dressed(graph) ?? tree(graph) ?? ringsOrRow(graph);
}

/** What is drawn by rule and has no name of its own. */
function ringsOrRow(graph: Neighbours): Recognised | undefined {
  const rings = concentricRings(graph);
  if (rings) return { form: 'rings', points: rings };
  const row = betweenTwo(graph);
  return row && { form: 'row', points: row };
}

function core(graph: Neighbours): Recognised | undefined {
  if (graph.length === 1) return { form: 'point', points: [{ x: 0, y: 0 }] };
  return chain(graph) ?? ring(graph) ?? lattice(graph);
}

/** Vertices along a chain, from the end that comes first in the document. */
function alongChain(graph: Neighbours): readonly number[] | undefined {
  const n = graph.length;
  if (edgeCount(graph) !== n - 1 || graph.some(({ length }) => length > 2)) return undefined;
  const start = graph.findIndex(({ length }) => length < 2);
  const order = distancesFrom(graph, start);
  return order.map((_, k) => order.indexOf(k));
}

function chain(graph: Neighbours): Recognised | undefined {
  const order = alongChain(graph);
  if (!order) return undefined;
  return { form: 'chain', points: graph.map((_, v) => ({ x: order.indexOf(v), y: 0 })) };
}

function ring(graph: Neighbours): Recognised | undefined {
  const n = graph.length;
  if (n < 3 || graph.some(({ length }) => length !== 2)) return undefined;
  // Clockwise from the upper left, towards the neighbour that comes first; its upper side is level.
  const order = [0];
  for (let last = -1, at = 0; order.length < n; ) {
    const next = (graph[at] ?? []).find((w) => w !== last && !order.includes(w));
    if (next === undefined) return undefined;
    last = at;
    at = next;
    order.push(next);
  }
  const radius = 0.5 / Math.sin(Math.PI / n);
  const points = graph.map((_, v) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * (order.indexOf(v) - 0.5)) / n;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  return { form: 'ring', points };
}

/**
 * A grid of at least two rows and columns, told by its corners: x + y is the distance from one of them,
 * x − y follows from the distance to the corner beside it. Every line is then looked at.
 */
function lattice(graph: Neighbours): Recognised | undefined {
  const n = graph.length;
  const corners = [...graph.keys()].filter((v) => graph[v]?.length === 2);
  if (n < 6 || corners.length !== 4) return undefined;
  let best: { points: readonly DiagramPoint[]; reading: readonly number[] } | undefined;
  for (const first of corners) {
    const fromFirst = distancesFrom(graph, first);
    for (const second of corners) {
      const columns = (fromFirst[second] ?? 0) + 1;
      const rows = n / columns;
      if (second === first || !Number.isInteger(rows) || rows < 2 || rows > columns) continue;
      const fromSecond = distancesFrom(graph, second);
      const points = graph.map((_, v) => {
        const [a, b] = [fromFirst[v] ?? 0, fromSecond[v] ?? 0];
        return { x: (a - b + columns - 1) / 2, y: (a + b - columns + 1) / 2 };
      });
      if (!isGrid(graph, points, columns, rows)) continue;
      const reading: number[] = [];
      for (const [v, { x, y }] of points.entries()) reading[y * columns + x] = v;
      if (!best || earlier(reading, best.reading)) best = { points, reading };
    }
  }
  return (
    best && {
      form: 'lattice',
      points: best.points.map(({ x, y }) => ({ x: latticeStep * x, y: latticeStep * y })),
    }
  );
}

function isGrid(graph: Neighbours, points: readonly DiagramPoint[], columns: number, rows: number): boolean {
  const places = new Set(points.map(({ x, y }) => y * columns + x));
  const inside = ({ x, y }: DiagramPoint) =>
    Number.isInteger(x) && Number.isInteger(y) && x >= 0 && x < columns && y >= 0 && y < rows;
  const isBeside = (a: DiagramPoint, b: DiagramPoint) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y) === 1;
  return (
    places.size === points.length &&
    points.every(inside) &&
    edgeCount(graph) === columns * (rows - 1) + rows * (columns - 1) &&
    graph.every((beside, v) =>
      beside.every((w) => isBeside(points[v] as DiagramPoint, points[w] as DiagramPoint)),
    )
  );
}

/** Whether one list of numbers comes before another, as in a dictionary. */
function earlier(a: readonly number[], b: readonly number[]): boolean {
  const d = a.findIndex((v, i) => v !== b[i]);
  return d >= 0 && (a[d] as number) < (b[d] as number);
}

/**
 * A chain, ring or lattice on which single tensors hang, the same number on each vertex: data under an MPS,
 * boundary vectors at its ends. On a chain they hang below, then above, then at its ends; on a ring outside.
 */
function dressed(graph: Neighbours): Recognised | undefined {
  const holders = [...graph.keys()].filter((v) => (graph[v]?.length ?? 0) > 1);
  const bare = core(within(graph, holders));
  if (!bare || bare.form === 'point') return undefined;
  const hung = holders.map((v) => (graph[v] ?? []).filter((w) => graph[w]?.length === 1));
  const most = bare.form === 'chain' ? 2 : 1;
  const counts = hung.map(({ length }) => length);
  const ends = new Set(bare.form === 'chain' ? [...holders.keys()].filter((i) => isEnd(bare.points, i)) : []);
  const inner = counts.filter((_, i) => !ends.has(i));
  const usual = inner[0] ?? Math.min(...counts);
  const regular =
    usual >= 1 &&
    usual <= most &&
    counts.every((count, i) => count === usual || (ends.has(i) && count === usual + 1));
  if (!regular) return undefined;
  const points: DiagramPoint[] = [];
  for (const [i, v] of holders.entries()) points[v] = bare.points[i] as DiagramPoint;
  for (const [i, leaves] of hung.entries()) {
    const at = bare.points[i] as DiagramPoint;
    const ways = waysOut(bare, i, leaves.length > usual);
    for (const [k, leaf] of leaves.entries()) {
      const way = ways[k] as DiagramPoint;
      points[leaf] = { x: at.x + hanging * way.x, y: at.y + hanging * way.y };
    }
  }
  return { form: bare.form, points };
}

const isEnd = (points: readonly DiagramPoint[], i: number): boolean => {
  const x = points[i]?.x;
  return x === 0 || x === points.length - 1;
};

/** Directions in which tensors hang on a vertex of a core. */
function waysOut({ form, points }: Recognised, i: number, outwards: boolean): readonly DiagramPoint[] {
  const { x, y } = points[i] as DiagramPoint;
  if (form === 'chain') {
    const [below, above] = [
      { x: 0, y: 1 },
      { x: 0, y: -1 },
    ];
    if (!outwards) return [below, above];
    // A vector at the end of a chain goes on with it.
    const out = { x: x === 0 ? -1 : 1, y: 0 };
    return [out, below, above];
  }
  if (form === 'ring') {
    const radius = Math.hypot(x, y);
    return [{ x: x / radius, y: y / radius }];
  }
  return [{ x: 0.62, y: 0.62 }];
}

/** The middle of a tree, by taking its leaves away again and again; of two the one that comes first. */
function middleOf(graph: Neighbours): number {
  const degree = graph.map(({ length }) => length);
  let left = graph.length;
  let leaves = [...graph.keys()].filter((v) => (degree[v] ?? 0) <= 1);
  while (left > 2) {
    left -= leaves.length;
    const next: number[] = [];
    for (const leaf of leaves)
      for (const w of graph[leaf] ?? []) {
        degree[w] = (degree[w] ?? 0) - 1;
        if (degree[w] === 1) next.push(w);
      }
    leaves = next;
  }
  return Math.min(...leaves);
}

/** Up to this many tensors around one are drawn around it. */
const mostAround = 8;

function tree(graph: Neighbours): Recognised | undefined {
  const n = graph.length;
  if (edgeCount(graph) !== n - 1) return undefined;
  const root = middleOf(graph);
  const around = graph[root] ?? [];
  if (around.length === n - 1 && around.length <= mostAround) return star(graph, root);
  const points: DiagramPoint[] = [];
  let ground = 0;
  const visit = (v: number, parent: number, depth: number): number => {
    const below = (graph[v] ?? []).filter((w) => w !== parent);
    const xs = below.map((w) => visit(w, v, depth + 1));
    const x = xs.length > 0 ? ((xs[0] as number) + (xs.at(-1) as number)) / 2 : ground++;
    points[v] = { x, y: depth };
    return x;
  };
  visit(root, -1, 0);
  return { form: 'tree', points };
}

function star(graph: Neighbours, root: number): Recognised {
  const around = graph[root] ?? [];
  // Far enough from the middle that those around it are a unit apart.
  const radius = Math.max(1, 0.5 / Math.sin(Math.PI / around.length));
  const points = graph.map((_, v) => {
    if (v === root) return { x: 0, y: 0 };
    const angle = -Math.PI / 2 + (2 * Math.PI * around.indexOf(v)) / around.length;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  return { form: 'star', points };
}
