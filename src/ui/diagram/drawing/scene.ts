/** A diagram with every vertex in its place: from its layout, or from a moment between two steps of a contraction. */

import { threadWidth } from '../../ribbon/ribbon-threads.ts';
import type { DiagramLayout } from '../layout/lay-out-diagram.ts';
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { NetworkDiagram, TensorKind } from '../model/network-diagram.ts';

/** Pixels between neighbours. */
export const unit = 96;
/** Radius of a tensor, and of one that others have gone into; of a delta and of a junction. */
const [tensorRadius, mergedRadius, dotRadius] = [21, 25, 4.5];
/** Pixels between lines that run side by side. */
const gap = 5;

export interface SceneVertex {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** A junction of a hyper-index is a dot, as a delta is: both are the same tensor. */
  readonly shape: TensorKind | 'merged' | 'junction';
  readonly name: string;
  /** Which of the diagram's tensors it is; undefined for a junction. */
  readonly tensor: number | undefined;
}

export interface SceneStrand {
  readonly key: string;
  readonly index: number;
  readonly from: number;
  /** Undefined: a free end. */
  readonly to: number | undefined;
  readonly open: boolean;
  /** Of a free end or a trace, in radians. */
  readonly angle: number;
  /** From the line between the vertices, to the left of its direction, in pixels. */
  readonly offset: number;
  /** How far a line goes aside of what lies on its straight way, as `offset`. */
  readonly bend: number;
  readonly width: number;
  readonly opacity: number;
}

export interface Scene {
  readonly vertices: readonly SceneVertex[];
  readonly strands: readonly SceneStrand[];
}

export function sceneOf(
  diagram: NetworkDiagram,
  { skeleton, points, angles }: Pick<DiagramLayout, 'skeleton' | 'points' | 'angles'>,
  keys: readonly string[] = diagram.tensors.map((_, k) => `t${k}`),
  isMerged: (tensor: number) => boolean = () => false,
): Scene {
  const vertices = skeleton.vertices.map((vertex, v): SceneVertex => {
    const { x, y } = points[v] as DiagramPoint;
    const place = { x: unit * x, y: unit * y };
    if (vertex.kind === 'junction')
      return {
        ...place,
        key: `j${vertex.index}`,
        radius: dotRadius,
        shape: 'junction',
        name: '',
        tensor: undefined,
      };
    const tensor = diagram.tensors[vertex.tensor];
    const kind = tensor?.kind ?? 'general';
    const merged = isMerged(vertex.tensor);
    return {
      ...place,
      key: keys[vertex.tensor] ?? '',
      radius: kind === 'delta' ? dotRadius : merged ? mergedRadius : tensorRadius,
      shape: merged ? 'merged' : kind,
      // A dot needs no name.
      name: kind === 'delta' ? '' : (tensor?.name ?? ''),
      tensor: vertex.tensor,
    };
  });
  const width = (index: number) => threadWidth(diagram.indices[index]?.size);
  const offsets = offsetsOf(skeleton.strands.map((strand) => ({ ...strand, width: width(strand.index) })));
  const strands = skeleton.strands.map(
    ({ index, from, to, open }, s): SceneStrand => ({
      key: `${index} ${vertices[from]?.key} ${to === undefined ? '' : vertices[to]?.key} ${s}`,
      index,
      from,
      to,
      open,
      angle: angles[s] ?? 0,
      offset: offsets[s] ?? 0,
      bend: to === undefined ? 0 : bendAround(vertices, from, to),
      width: width(index),
      opacity: 1,
    }),
  );
  return { vertices, strands };
}

/** Pixels that a line keeps from a vertex that it does not end at. */
const clearance = 12;

/** How far aside a line has to go for the vertices that lie on its straight way. */
function bendAround(vertices: readonly SceneVertex[], from: number, to: number): number {
  const [a, d] = [vertices[from] as SceneVertex, vertices[to] as SceneVertex];
  const length = Math.hypot(d.x - a.x, d.y - a.y);
  if (length < 1e-6) return 0;
  const normal = { x: -(d.y - a.y) / length, y: (d.x - a.x) / length };
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

interface Sided {
  readonly from: number;
  readonly to: number | undefined;
  readonly width: number;
}

/** Lines between the same two vertices run side by side. */
function offsetsOf(strands: readonly Sided[]): readonly number[] {
  const bundles = new Map<string, number[]>();
  for (const [s, { from, to }] of strands.entries()) {
    if (to === undefined || to === from) continue;
    const key = `${Math.min(from, to)} ${Math.max(from, to)}`;
    bundles.set(key, [...(bundles.get(key) ?? []), s]);
  }
  const offsets: number[] = [];
  for (const bundle of bundles.values()) {
    const whole = bundle.reduce((sum, s) => sum + (strands[s]?.width ?? 0) + gap, -gap);
    let at = -whole / 2;
    for (const s of bundle) {
      const { from, to, width } = strands[s] as Sided;
      // Offsets are told along the line's own direction.
      const sign = from < (to ?? 0) ? 1 : -1;
      offsets[s] = sign * (at + width / 2);
      at += width + gap;
    }
  }
  return offsets;
}
