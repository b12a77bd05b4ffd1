/**
 * Rings inside each other, each tensor joined to its fellow on the next: ladders and lattices that are closed to a
 * cylinder (the norm of a periodic MPS, periodic MPOs one after the other); and tensors side by side between two.
 */
import { type DiagramPoint, edgeCount, type Neighbours } from './simple-graph.ts';

/** Concentric rings of at least three tensors, at least two of them; undefined where the graph is none. */
export function concentricRings(graph: Neighbours): readonly DiagramPoint[] | undefined {
  const start = graph.findIndex(({ length }) => length === 3);
  // Those of one ring mostly follow each other; only a cube leaves a choice.
  for (const inward of [...(graph[start] ?? [])].reverse()) {
    const layers = layersFrom(graph, start, inward);
    if (!layers || !isCylinder(graph, layers)) continue;
    const n = layers[0]?.length ?? 0;
    const innermost = Math.max(0.75, 0.5 / Math.sin(Math.PI / n));
    const points: DiagramPoint[] = [];
    for (const [k, layer] of layers.entries())
      for (const [i, v] of layer.entries()) {
        const radius = innermost + (layers.length - 1 - k);
        const angle = -Math.PI / 2 + (2 * Math.PI * (i - 0.5)) / n;
        points[v] = { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
      }
    return points;
  }
  return undefined;
}

/** The layers from the outer ring inwards, if `start` is on the outer one and `inward` its fellow on the next. */
function layersFrom(
  graph: Neighbours,
  start: number,
  inward: number,
): readonly (readonly number[])[] | undefined {
  const outer = [start];
  const fellows = [inward];
  for (;;) {
    const [at = -1, fellow = -1] = [outer.at(-1), fellows.at(-1)];
    // The next on the ring has a fellow of its own, which is beside this one's.
    const next = (graph[at] ?? []).find(
      (b) => b !== fellow && b !== outer.at(-2) && fellowOf(graph, b, fellow, at) !== undefined,
    );
    if (next === undefined) return undefined;
    if (next === start) break;
    if (outer.includes(next)) return undefined;
    outer.push(next);
    fellows.push(fellowOf(graph, next, fellow, at) as number);
  }
  const layers = [outer, fellows];
  while (layers.flat().length < graph.length) {
    const seen = new Set(layers.flat());
    const deeper = (layers.at(-1) ?? []).map((v) => (graph[v] ?? []).filter((w) => !seen.has(w)));
    if (deeper.some(({ length }) => length !== 1)) return undefined;
    layers.push(deeper.flat());
  }
  return layers;
}

const fellowOf = (graph: Neighbours, b: number, fellow: number, at: number): number | undefined =>
  (graph[b] ?? []).find((w) => w !== at && graph[fellow]?.includes(w));

/** Every line that there must be is there, and there are no others. */
function isCylinder(graph: Neighbours, layers: readonly (readonly number[])[]): boolean {
  const n = layers[0]?.length ?? 0;
  const vertices = layers.flat();
  return (
    n >= 3 &&
    new Set(vertices).size === graph.length &&
    vertices.length === graph.length &&
    edgeCount(graph) === n * layers.length + n * (layers.length - 1) &&
    layers.every((layer, k) =>
      layer.every((v, i) => {
        const beside = graph[v] ?? [];
        const inner = layers[k + 1]?.[i];
        return (
          beside.includes(layer[(i + 1) % n] as number) && (inner === undefined || beside.includes(inner))
        );
      }),
    )
  );
}

/** Three or more tensors in a row, each joined to the same two, above and below it. */
export function betweenTwo(graph: Neighbours): readonly DiagramPoint[] | undefined {
  const hubs = [...graph.keys()].filter((v) => graph[v]?.length !== 2);
  const row = [...graph.keys()].filter((v) => graph[v]?.length === 2);
  const [first, second, another] = hubs;
  if (first === undefined || second === undefined || another !== undefined || row.length < 3)
    return undefined;
  if (!row.every((v) => graph[v]?.includes(first) && graph[v]?.includes(second))) return undefined;
  const points: DiagramPoint[] = [];
  for (const [i, v] of row.entries()) points[v] = { x: i - (row.length - 1) / 2, y: 0 };
  points[first] = { x: 0, y: -1.1 };
  points[second] = { x: 0, y: 1.1 };
  return edgeCount(graph) === 2 * row.length ? points : undefined;
}
