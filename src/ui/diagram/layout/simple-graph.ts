/** Who is beside whom in a diagram, lines between the same two counted once: what layouts look at. */
import type { Skeleton } from '../model/network-diagram.ts';

export interface DiagramPoint {
  readonly x: number;
  readonly y: number;
}

/** For each vertex the vertices beside it, in increasing order, itself never. */
export type Neighbours = readonly (readonly number[])[];

export function neighboursOf({ vertices, strands }: Skeleton): Neighbours {
  const beside = vertices.map(() => new Set<number>());
  for (const { from, to } of strands) {
    if (to === undefined || to === from) continue;
    beside[from]?.add(to);
    beside[to]?.add(from);
  }
  return beside.map((set) => [...set].sort((a, b) => a - b));
}

/** The connected parts, each with its vertices in increasing order. */
export function partsOf(neighbours: Neighbours): readonly (readonly number[])[] {
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    const part = [...distancesFrom(neighbours, start).entries()].flatMap(([v, d]) => (d >= 0 ? [v] : []));
    for (const v of part) seen.add(v);
    parts.push(part);
  }
  return parts;
}

/** The part of a graph on these vertices, numbered by their places among them. */
export function within(neighbours: Neighbours, part: readonly number[]): Neighbours {
  const place = new Map(part.map((v, i) => [v, i]));
  return part.map((v) => (neighbours[v] ?? []).flatMap((w) => place.get(w) ?? []));
}

/** Lines from a vertex to each other one; −1 where none leads. */
export function distancesFrom(neighbours: Neighbours, start: number): readonly number[] {
  const distance = neighbours.map(() => -1);
  distance[start] = 0;
  const queue = [start];
  for (const v of queue)
    for (const w of neighbours[v] ?? []) {
      if (distance[w] !== -1) continue;
      distance[w] = (distance[v] ?? 0) + 1;
      queue.push(w);
    }
  return distance;
}

export const edgeCount = (neighbours: Neighbours): number =>
  neighbours.reduce((sum, beside) => sum + beside.length, 0) / 2;
