/** Following wires: what a node depends on, and what depends on it. */
import type { GraphLevel } from '../../graph-schema/document.ts';

/** All nodes that `start` reads (upstream) or that read it (downstream), itself included. */
export function reachable(
  graph: GraphLevel,
  start: string,
  direction: 'upstream' | 'downstream',
): Set<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of Object.values(graph.edges)) {
    const [a, b] = direction === 'upstream' ? [to.node, from.node] : [from.node, to.node];
    const list = next.get(a);
    if (list) list.push(b);
    else next.set(a, [b]);
  }
  const found = new Set([start]);
  for (const node of found) for (const other of next.get(node) ?? []) found.add(other);
  return found;
}
