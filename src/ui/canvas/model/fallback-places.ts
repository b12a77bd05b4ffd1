/** Places for nodes that a document gives none: in columns by how far they are from the inputs. */

import type { LevelView } from '../../../editor/index.ts';

const column = 250;
const row = 150;

export function fallbackPlaces({ graph, order }: LevelView): ReadonlyMap<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>();
  const depths = new Map<string, number>();
  const filled = new Map<number, number>();
  const ids = new Set([...order, ...Object.keys(graph.nodes)]);
  const sources = new Map<string, string[]>();
  for (const { from, to } of Object.values(graph.edges)) {
    sources.set(to.node, [...(sources.get(to.node) ?? []), from.node]);
  }
  for (const id of ids) {
    const depth = Math.max(-1, ...(sources.get(id) ?? []).map((source) => depths.get(source) ?? -1)) + 1;
    const level = filled.get(depth) ?? 0;
    depths.set(id, depth);
    filled.set(depth, level + 1);
    places.set(id, { x: depth * column, y: level * row });
  }
  return places;
}
