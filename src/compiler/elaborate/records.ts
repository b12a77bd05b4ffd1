/** The flat graph as plain records, for those who read all of it. */
import type { GraphDocument, GraphEdge, GraphNode } from '../../../graph-schema/document.ts';
import { escapeId, type PathText } from '../../base/path.ts';
import type { FlatGraph, Region } from './flat.ts';
import { isDrawn, type Level, own, pathIn } from './level.ts';

/** The repeats in a drawing, each after the one around it. */
export const regionsOf = ({ children }: Level): readonly Region[] =>
  [...children.values()].flatMap(({ level, further, whole }) => [
    ...(whole ? [whole] : []),
    ...[level, ...further].flatMap((body) => [...(body.region ? [body.region] : []), ...regionsOf(body)]),
  ]);

/**
 * All nodes, in the order of the drawings, a block's where its use stands; and all wires. A document
 * without blocks is taken as it is. `inner`: nodes inside blocks; `edges`: wires that are not as drawn.
 */
export function recordsOf(
  { nodes, edges }: GraphDocument,
  root: Level,
  inner: ReadonlyMap<PathText, { readonly node: GraphNode }>,
  flatEdges: ReadonlyMap<string, GraphEdge>,
): Pick<FlatGraph, 'nodes' | 'edges'> {
  const isPlain = (record: object) => !Object.keys(record).some((id) => escapeId(id) !== id);
  if (root.children.size === 0 && flatEdges.size === 0 && isPlain(nodes) && isPlain(edges))
    return { nodes, edges };
  const all = { nodes: {} as Record<PathText, GraphNode>, edges: {} as Record<string, GraphEdge> };
  const visit = (level: Level): void => {
    for (const [id, node] of Object.entries(level.graph?.nodes ?? {})) {
      const child = level.children.get(id);
      const path = pathIn(level, id);
      if (child) for (const iteration of [child.level, ...child.further]) visit(iteration);
      else all.nodes[path] = inner.get(path)?.node ?? node;
    }
    for (const id of Object.keys(level.graph?.edges ?? {})) {
      const key = pathIn(level, id);
      all.edges[key] = flatEdges.get(key) ?? (own(edges, id) as GraphEdge);
    }
  };
  visit(root);
  for (const [key, edge] of flatEdges) if (!isDrawn(key)) all.edges[key] = edge;
  return all;
}
