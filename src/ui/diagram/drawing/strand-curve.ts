/** The curve of each line of a scene: straight where nothing is in its way. */
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { Scene, SceneStrand, SceneVertex } from './scene.ts';

/** A cubic Bézier curve by its four points. */
export type StrandCurve = readonly [DiagramPoint, DiagramPoint, DiagramPoint, DiagramPoint];

/** Pixels from the edge of a tensor to the end of a free leg, and to the far point of a trace. */
const legLength = 34;
const traceReach = 62;
/** Pixels that a line keeps from a vertex that it does not end at. */
const clearance = 12;

export function strandCurve(scene: Scene, strand: SceneStrand): StrandCurve {
  const from = scene.vertices[strand.from] as SceneVertex;
  if (strand.to === undefined) return leg(from, strand.angle);
  if (strand.to === strand.from) return trace(from, strand.angle);
  return between(scene, strand, from, scene.vertices[strand.to] as SceneVertex);
}

/** A point of the curve, t from 0 to 1. */
export function pointOn([a, b, c, d]: StrandCurve, t: number): DiagramPoint {
  const u = 1 - t;
  const mix = (p: number, q: number, r: number, s: number) =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

export function isStraight([a, b, c, d]: StrandCurve): boolean {
  const off = (p: DiagramPoint) => Math.abs((p.x - a.x) * (d.y - a.y) - (p.y - a.y) * (d.x - a.x));
  return off(b) < 1e-6 && off(c) < 1e-6;
}

const straight = (a: DiagramPoint, d: DiagramPoint): StrandCurve => [
  a,
  { x: a.x + (d.x - a.x) / 3, y: a.y + (d.y - a.y) / 3 },
  { x: d.x - (d.x - a.x) / 3, y: d.y - (d.y - a.y) / 3 },
  d,
];

const towards = ({ x, y }: DiagramPoint, angle: number, length: number): DiagramPoint => ({
  x: x + length * Math.cos(angle),
  y: y + length * Math.sin(angle),
});

const leg = (from: SceneVertex, angle: number): StrandCurve =>
  straight({ x: from.x, y: from.y }, towards(from, angle, from.radius + legLength));

function trace(from: SceneVertex, angle: number): StrandCurve {
  const middle = { x: from.x, y: from.y };
  // A cubic whose handles lie at some distance comes three quarters of the way.
  const handle = (from.radius + traceReach) / 0.75 / Math.cos(0.7);
  return [middle, towards(from, angle - 0.7, handle), towards(from, angle + 0.7, handle), middle];
}

function between(scene: Scene, strand: SceneStrand, from: SceneVertex, to: SceneVertex): StrandCurve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const normal = { x: -dy / length, y: dx / length };
  const side = (p: DiagramPoint, by: number) => ({ x: p.x + by * normal.x, y: p.y + by * normal.y });
  const [a, d] = [
    { x: from.x, y: from.y },
    { x: to.x, y: to.y },
  ];
  const bend = bendAround(scene, strand, a, d, normal, length);
  const fitsInside = (vertex: SceneVertex) => Math.abs(strand.offset) < 0.7 * vertex.radius;
  if (bend === 0 && fitsInside(from) && fitsInside(to))
    return straight(side(a, strand.offset), side(d, strand.offset));
  // Through the middles of the vertices, and as far aside in between as it takes.
  const [, b, c] = straight(a, d);
  const by = (strand.offset + bend) / 0.75;
  return [a, side(b, by), side(c, by), d];
}

/** How far aside a line has to go for the vertices that lie on its straight way. */
function bendAround(
  { vertices }: Scene,
  { from, to }: SceneStrand,
  a: DiagramPoint,
  d: DiagramPoint,
  normal: DiagramPoint,
  length: number,
): number {
  let bend = 0;
  for (const [v, vertex] of vertices.entries()) {
    if (v === from || v === to) continue;
    const [x, y] = [vertex.x - a.x, vertex.y - a.y];
    const along = (x * (d.x - a.x) + y * (d.y - a.y)) / (length * length);
    const aside = x * normal.x + y * normal.y;
    const room = vertex.radius + clearance;
    if (along <= 0.05 || along >= 0.95 || Math.abs(aside) >= room) continue;
    // The curve is lower towards its ends.
    const needed = (room - Math.abs(aside)) / Math.max(0.3, 4 * along * (1 - along));
    if (needed > Math.abs(bend)) bend = aside > 0 ? -needed : needed;
  }
  return bend;
}
