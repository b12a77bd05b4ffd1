/** The curve of each line of a scene: straight where nothing is in its way. */
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { Scene, SceneStrand, SceneVertex } from './scene.ts';

/** A cubic Bézier curve by its four points. */
export type StrandCurve = readonly [DiagramPoint, DiagramPoint, DiagramPoint, DiagramPoint];

/** Pixels from the edge of a tensor to the end of a free leg, and to the far point of a trace. */
const legLength = 34;
const traceReach = 62;

export function strandCurve(scene: Scene, strand: SceneStrand): StrandCurve {
  const from = scene.vertices[strand.from] as SceneVertex;
  if (strand.to === undefined) return leg(from, strand.angle);
  if (strand.to === strand.from) return trace(from, strand.angle);
  return between(strand, from, scene.vertices[strand.to] as SceneVertex);
}

/** A point of the curve, t from 0 to 1. */
export function pointOn([a, b, c, d]: StrandCurve, t: number): DiagramPoint {
  const u = 1 - t;
  const mix = (p: number, q: number, r: number, s: number) =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

export function isStraight([a, b, c, d]: StrandCurve): boolean {
  // A trace ends where it begins.
  if (Math.hypot(d.x - a.x, d.y - a.y) < 1e-6) return false;
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

function between(strand: SceneStrand, from: SceneVertex, to: SceneVertex): StrandCurve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const normal = { x: -dy / length, y: dx / length };
  const side = (p: DiagramPoint, by: number) => ({ x: p.x + by * normal.x, y: p.y + by * normal.y });
  const [a, d] = [
    { x: from.x, y: from.y },
    { x: to.x, y: to.y },
  ];
  const { bend } = strand;
  const fitsInside = (vertex: SceneVertex) => Math.abs(strand.offset) < 0.7 * vertex.radius;
  if (Math.abs(bend) < 0.5 && fitsInside(from) && fitsInside(to))
    return straight(side(a, strand.offset), side(d, strand.offset));
  // Through the middles of the vertices, and as far aside in between as it takes.
  const [, b, c] = straight(a, d);
  const by = (strand.offset + bend) / 0.75;
  return [a, side(b, by), side(c, by), d];
}
