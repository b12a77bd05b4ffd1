/**
 * A contraction path as a film: a picture of the network before the first step and after each, in which everything
 * that a step does not touch keeps its place. Deltas go first, at no cost.
 */
import {
  type ExplainedStep,
  explainSteps,
  type Network,
  pricePath,
  type SsaPath,
} from '../../../contraction/index.ts';
import { type DiagramDrawing, drawScene } from '../drawing/draw-scene.ts';
import { type Scene, sceneOf } from '../drawing/scene.ts';
import type { DiagramLayout } from '../layout/lay-out-diagram.ts';
import { legsAt } from '../layout/place-legs.ts';
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { Melted } from '../model/melt-deltas.ts';
import { type NetworkDiagram, skeletonOf } from '../model/network-diagram.ts';

export interface FilmPicture {
  readonly diagram: NetworkDiagram;
  /** Of each tensor: which of the network's it is, or, from their number on, what which pair has made. */
  readonly ids: readonly number[];
  readonly scene: Scene;
  readonly drawing: DiagramDrawing;
  /** For each index the one that stands for it in the next picture. */
  readonly becomes: (index: number) => number;
}

export interface FilmStep {
  /** Undefined: deltas become bare wires. */
  readonly pair: ExplainedStep | undefined;
  /** The step of the contraction path; −1 for the deltas. */
  readonly at: number;
  /** Multiply-adds of all steps up to and with this one. */
  readonly flops: number;
  /** Elements of the largest tensor made so far. */
  readonly largest: number;
}

export interface Film {
  readonly pictures: readonly FilmPicture[];
  /** `steps[i]` leads from `pictures[i]` to the next. */
  readonly steps: readonly FilmStep[];
  /** Multiply-adds of the whole path. */
  readonly flops: number;
  /** For each tensor of the network that is contracted, which one of the diagram it is. */
  readonly origin: readonly number[];
}

/** The network of a diagram, for the search of paths; undefined while a size is open. */
export function networkOfDiagram({ tensors, indices, output }: NetworkDiagram): Network | undefined {
  const sizes = indices.flatMap(({ size }) => size ?? []);
  if (sizes.length < indices.length) return undefined;
  return { inputs: tensors.map(({ axes }) => axes), output, sizes };
}

/** `path` is of the network without its deltas. */
export function filmOf(
  diagram: NetworkDiagram,
  layout: DiagramLayout,
  melted: Melted,
  network: Network,
  path: SsaPath,
): Film {
  const n = melted.tensors.length;
  const result = pricePath(network, path);
  const pairs = explainSteps(result, network);
  const start = pictureOf(
    diagram,
    layout,
    diagram.tensors.map((_, k) => melted.tensors.indexOf(k)),
    n,
  );
  const first = { ...start, becomes: (index: number) => melted.indices[index] ?? index };
  const pictures: FilmPicture[] = [first];
  const steps: FilmStep[] = [];
  let last: Placed = { diagram, ids: first.ids, layout };
  const show = (next: Placed): void => {
    last = next;
    pictures.push(pictureOf(next.diagram, next.layout, next.ids, n));
  };
  if (n < diagram.tensors.length) {
    show(withoutDeltas(last, melted));
    steps.push({ pair: undefined, at: -1, flops: 0, largest: 0 });
  }
  let [flops, largest] = [0, 0];
  for (const [at, pair] of pairs.entries()) {
    show(withPair(last, pair, { id: n + at, name: `#${at + 1}` }));
    flops += pair.flops;
    largest = Math.max(largest, pair.elements);
    steps.push({ pair, at, flops, largest });
  }
  return { pictures, steps, flops: result.flops, origin: melted.tensors };
}

interface Placed {
  readonly diagram: NetworkDiagram;
  readonly ids: readonly number[];
  readonly layout: Pick<DiagramLayout, 'skeleton' | 'points' | 'angles'>;
}

function pictureOf(
  diagram: NetworkDiagram,
  layout: Placed['layout'],
  ids: readonly number[],
  n: number,
): FilmPicture {
  // Deltas that go first have no number among the tensors.
  const keys = ids.map((id, k) => (id < 0 ? `d${k}` : `t${id}`));
  const scene = sceneOf(diagram, layout, keys, (k) => (ids[k] ?? 0) >= n);
  return { diagram, ids, scene, drawing: drawScene(diagram, scene), becomes: (index) => index };
}

const pointsOfTensors = ({ ids, layout }: Placed): ReadonlyMap<number, DiagramPoint> =>
  new Map(ids.map((id, k) => [id, layout.points[k] as DiagramPoint]));

function withoutDeltas(before: Placed, { diagram }: Melted): Placed {
  const ids = diagram.tensors.map((_, k) => k);
  return replaced(before, diagram, ids, pointsOfTensors(before));
}

/** Nearer to another vertex than this, a tensor that was made looks for another place. */
const elbowRoom = 0.75;

interface Made {
  readonly id: number;
  readonly name: string;
}

function withPair(before: Placed, { left, right, result }: ExplainedStep, made: Made): Placed {
  const points = new Map(pointsOfTensors(before));
  const [a, b] = [points.get(left) as DiagramPoint, points.get(right) as DiagramPoint];
  const others = before.ids.filter((id) => id !== left && id !== right);
  const around = others.map((id) => points.get(id) as DiagramPoint);
  const between = (part: number) => ({ x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) });
  const room = (p: DiagramPoint) => Math.min(...around.map((q) => Math.hypot(p.x - q.x, p.y - q.y)), 9);
  const places = [0.5, 0, 1, 0.3, 0.7].map(between);
  const place =
    places.find((p) => room(p) >= elbowRoom) ?? [...places].sort((p, q) => room(q) - room(p))[0] ?? a;
  points.set(made.id, place);
  const tensors = [
    ...before.diagram.tensors.filter((_, k) => others.includes(before.ids[k] as number)),
    { name: made.name, kind: 'general' as const, axes: result },
  ];
  return replaced(before, { ...before.diagram, tensors }, [...others, made.id], points);
}

/** The same places with other tensors; junctions and legs stay as they were wherever they can. */
function replaced(
  before: Placed,
  diagram: NetworkDiagram,
  ids: readonly number[],
  at: ReadonlyMap<number, DiagramPoint>,
): Placed {
  const skeleton = skeletonOf(diagram);
  const old = before.layout;
  const points: DiagramPoint[] = ids.map((id) => at.get(id) as DiagramPoint);
  for (const vertex of skeleton.vertices) {
    if (vertex.kind !== 'junction') continue;
    const known = old.skeleton.vertices.findIndex((v) => v.kind === 'junction' && v.index === vertex.index);
    const ends = skeleton.strands.filter(({ index, to }) => index === vertex.index && to !== undefined);
    points.push(old.points[known] ?? middle(ends.map(({ from }) => points[from] as DiagramPoint)));
  }
  const angles: (number | undefined)[] = skeleton.strands.map(() => undefined);
  const free = new Set(
    skeleton.strands.filter(({ from, to }) => to === undefined || to === from).map(({ from }) => from),
  );
  for (const v of free) {
    const kept = keptLegs(before, { skeleton, ids, v });
    const placed = kept ?? legsAt(skeleton, points, v);
    for (const [s, angle] of placed) angles[s] = angle;
  }
  return { diagram, ids, layout: { skeleton, points, angles } };
}

/** The legs of a tensor that was there before, with no more of them and no fewer. */
function keptLegs(
  { ids: oldIds, layout: old }: Placed,
  now: { readonly skeleton: DiagramLayout['skeleton']; readonly ids: readonly number[]; readonly v: number },
): readonly (readonly [number, number])[] | undefined {
  const place = oldIds.indexOf(now.ids[now.v] ?? Number.NaN);
  const found: [number, number][] = [];
  for (const [s, { index, from, to }] of now.skeleton.strands.entries()) {
    if (from !== now.v || (to !== undefined && to !== from)) continue;
    const as = old.skeleton.strands.findIndex(
      (strand) =>
        strand.index === index && strand.from === place && (strand.to === undefined || strand.to === place),
    );
    const angle = old.angles[as];
    if (angle === undefined) return undefined;
    found.push([s, angle]);
  }
  return found;
}

function middle(points: readonly DiagramPoint[]): DiagramPoint {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / (points.length || 1), y: sum.y / (points.length || 1) };
}
