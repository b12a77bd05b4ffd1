/** A film between two pictures: tensors of a pair slide together, what they share closes, labels go with their lines. */
import { type DiagramDrawing, type DiagramLabel, drawLines, drawShapes } from '../drawing/draw-scene.ts';
import type { Scene, SceneStrand, SceneVertex } from '../drawing/scene.ts';
import { pointOn, strandCurve } from '../drawing/strand-curve.ts';
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { Film, FilmPicture } from './film.ts';

/** A step rests before it begins to move and after it has ended, in parts of its time. */
const [begins, ends] = [0.12, 0.82];

/** How far the motion of a step is, from 0 to 1, after a part of its time. */
export function motion(part: number): number {
  const u = Math.min(1, Math.max(0, (part - begins) / (ends - begins)));
  return u * u * (3 - 2 * u);
}

/** The drawing at a time: 0 before the first step, 1 after it, and so on. */
export function drawMoment({ pictures }: Film, time: number): DiagramDrawing {
  const k = Math.min(Math.floor(time), pictures.length - 1);
  const [before, after] = [pictures[k] as FilmPicture, pictures[k + 1]];
  const e = motion(time - k);
  if (!after || e === 0) return before.drawing;
  if (e === 1) return after.drawing;
  const transition = { before, after, goals: goalsOf(before, after) };
  const { goals } = transition;
  const scene: Scene = {
    vertices: before.scene.vertices.map((vertex, v) => moved(vertex, goals[v] as Goal, e)),
    strands: before.scene.strands.map((strand) => bent(strand, transition, e)),
  };
  const labels = before.drawing.labels.flatMap((label) => carried(label, transition, scene, e));
  return {
    lines: drawLines(scene),
    shapes: drawShapes(scene),
    labels,
    bounds: before.drawing.bounds,
  };
}

/** Where a vertex goes: to another vertex, or onto a line, on which it vanishes. */
interface Goal extends DiagramPoint {
  readonly vertex: number | undefined;
}

function goalsOf({ ids, scene, becomes }: FilmPicture, after: FilmPicture): readonly Goal[] {
  const made = after.ids.findIndex((id) => !ids.includes(id));
  const toVertex = (vertex: number): Goal => {
    const { x = 0, y = 0 } = after.scene.vertices[vertex] ?? {};
    return { vertex, x, y };
  };
  const goals: (Goal | undefined)[] = scene.vertices.map(({ tensor }) => {
    const id = tensor === undefined ? undefined : ids[tensor];
    if (id === undefined || id < 0) return undefined;
    const stays = after.ids.indexOf(id);
    return stays >= 0 ? toVertex(stays) : made < 0 ? undefined : toVertex(made);
  });
  // A junction, or a delta that becomes a bare wire, goes to the junction of its index, or else onto its line, or
  // into the tensor in which its index closes.
  return goals.map((goal, v) => {
    if (goal) return goal;
    const own = scene.strands.filter(({ from, to }) => from === v || to === v);
    const index = becomes(own[0]?.index ?? -1);
    const junction = after.scene.vertices.findIndex(({ key }) => key === `j${index}`);
    if (junction >= 0) return toVertex(junction);
    const line = after.scene.strands.find((strand) => strand.index === index);
    if (line) return { ...pointOn(strandCurve(after.scene, line), 0.5), vertex: undefined };
    const beside = own.flatMap(({ from, to }) => goals[from === v ? (to ?? -1) : from]?.vertex ?? []);
    const { x, y } = scene.vertices[v] as SceneVertex;
    return beside[0] === undefined ? { x, y, vertex: undefined } : toVertex(beside[0]);
  });
}

const mix = (a: number, b: number, e: number): number => a + e * (b - a);

function moved(vertex: SceneVertex, { vertex: goal, x, y }: Goal, e: number): SceneVertex {
  const radius = goal === undefined ? mix(vertex.radius, 0, e) : vertex.radius;
  return { ...vertex, radius, x: mix(vertex.x, x, e), y: mix(vertex.y, y, e) };
}

function bent(strand: SceneStrand, { before, after, goals }: Transition, e: number): SceneStrand {
  const isLine = strand.to !== undefined && strand.to !== strand.from;
  const [from, to] = [goals[strand.from]?.vertex, goals[strand.to ?? strand.from]?.vertex];
  if (isLine && from !== undefined && from === to && after.scene.vertices[from]?.tensor !== undefined)
    return { ...strand, bend: mix(strand.bend, 0, e), opacity: Math.min(1, 2 * (1 - e)) };
  const index = before.becomes(strand.index);
  const next = after.scene.strands.find(
    (other) =>
      other.index === index &&
      (isLine
        ? (other.from === from && other.to === to) || (other.from === to && other.to === from)
        : other.from === from && (other.to === undefined || other.to === from)),
  );
  if (!next)
    return isLine ? { ...strand, offset: mix(strand.offset, 0, e), bend: mix(strand.bend, 0, e) } : strand;
  const sign = next.from === from ? 1 : -1;
  const turn = Math.PI * 2;
  const by = ((((next.angle - strand.angle + Math.PI) % turn) + turn) % turn) - Math.PI;
  return {
    ...strand,
    offset: mix(strand.offset, sign * next.offset, e),
    bend: mix(strand.bend, sign * next.bend, e),
    angle: strand.angle + e * by,
  };
}

interface Transition {
  readonly before: FilmPicture;
  readonly after: FilmPicture;
  readonly goals: readonly Goal[];
}

/** A label goes to where it is afterwards; one that closes goes with its line and fades. */
function carried(
  label: DiagramLabel,
  { before, after, goals }: Transition,
  scene: Scene,
  e: number,
): DiagramLabel[] {
  if ('vertex' in label.of) {
    const v = label.of.vertex;
    const [was, is] = [before.scene.vertices[v], scene.vertices[v]];
    if (!was || !is) return [];
    const stays = after.scene.vertices[goals[v]?.vertex ?? -1]?.key === was.key;
    return [{ ...label, x: label.x + is.x - was.x, y: label.y + is.y - was.y, opacity: stays ? 1 : 1 - e }];
  }
  const { index } = label.of;
  const next = after.drawing.labels.find(({ of }) => 'index' in of && of.index === before.becomes(index));
  if (next) return [{ ...label, x: mix(label.x, next.x, e), y: mix(label.y, next.y, e) }];
  const s = before.scene.strands.findIndex((strand) => strand.index === index);
  const [was, is] = [before.scene.strands[s], scene.strands[s]];
  if (!was || !is) return [];
  const [a, b] = [pointOn(strandCurve(before.scene, was), 0.5), pointOn(strandCurve(scene, is), 0.5)];
  return [{ ...label, x: label.x + b.x - a.x, y: label.y + b.y - a.y, opacity: Math.max(0, 1 - 2 * e) }];
}
