/** Places for nodes that a document gives none: in columns by how far they are from the inputs. */

import type { GraphDocument } from '../../../../graph-schema/document.ts';
import type { Checked } from '../../../compiler/types.ts';

const column = 250;
const row = 150;

export function fallbackPlaces(
  document: GraphDocument,
  checked: Checked,
): ReadonlyMap<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>();
  const depths = new Map<string, number>();
  const filled = new Map<number, number>();
  const order = new Set([...checked.order, ...Object.keys(document.nodes)]);
  const sources = new Map<string, string[]>();
  for (const { from, to } of Object.values(document.edges)) {
    sources.set(to.node, [...(sources.get(to.node) ?? []), from.node]);
  }
  for (const id of order) {
    const depth = Math.max(-1, ...(sources.get(id) ?? []).map((source) => depths.get(source) ?? -1)) + 1;
    const level = filled.get(depth) ?? 0;
    depths.set(id, depth);
    filled.set(depth, level + 1);
    places.set(id, { x: depth * column, y: level * row });
  }
  return places;
}
