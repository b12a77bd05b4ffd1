/** Small documents for tests, written as code: nodes by id, wires as `node.port` pairs. */
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';

type Nodes = Readonly<
  Record<string, { type: string; params?: Readonly<Record<string, unknown>>; label?: string }>
>;

/** `wires`: 'a.out > b.x'. */
export function graph(
  nodes: Nodes,
  wires: readonly string[] = [],
  dims: GraphDocument['dims'] = {},
): GraphDocument {
  const end = (text: string) => {
    const [node = '', port = ''] = text.trim().split('.');
    return { node, port };
  };
  const edges: GraphDocument['edges'] = {};
  for (const [i, wire] of wires.entries()) {
    const [from = '', to = ''] = wire.split('>');
    edges[`e${i + 1}`] = { from: end(from), to: end(to) };
  }
  const full = Object.entries(nodes).map(([id, node]) => [
    id,
    { ...node, params: (node.params ?? {}) as GraphDocument['nodes'][string]['params'] },
  ]);
  return { ...emptyDocument('test'), dims, nodes: Object.fromEntries(full), edges };
}
