/** The graph that checking and typing are timed on: a stack of residual blocks, as people draw them. */
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';

/** Cards in a row. */
const across = 40;

type Nodes = GraphDocument['nodes'];
type Edges = GraphDocument['edges'];

export const wire = (from: string, out: string, to: string, into: string): Edges[string] => ({
  from: { node: from, port: out },
  to: { node: to, port: into },
});

/** A data set and blocks of linear, relu, linear, add; four nodes each. */
export function residualStack(nodeCount: number): GraphDocument {
  const nodes: Nodes = {
    data: { type: 'dataset', params: {} },
    stem: { type: 'linear', params: { units: 64, name: 'h' } },
  };
  const edges: Edges = { stem: wire('data', 'x', 'stem', 'x') };
  let [last, port] = ['stem', 'y'];
  for (let i = 0; 4 * i + 6 <= nodeCount; i++) {
    const [a, b, c, d] = ['up', 'act', 'down', 'sum'].map((part) => `${part}${i}`) as [
      string,
      string,
      string,
      string,
    ];
    nodes[a] = { type: 'linear', params: { units: 128, name: 'w' } };
    nodes[b] = { type: 'activation', params: {} };
    nodes[c] = { type: 'linear', params: { units: 64, name: 'h' } };
    nodes[d] = { type: 'add', params: {} };
    Object.assign(edges, {
      [`${a}.x`]: wire(last, port, a, 'x'),
      [`${b}.x`]: wire(a, 'y', b, 'x'),
      [`${c}.x`]: wire(b, 'y', c, 'x'),
      [`${d}.a`]: wire(last, port, d, 'a'),
      [`${d}.b`]: wire(c, 'y', d, 'b'),
    });
    [last, port] = [d, 'out'];
  }
  return { ...emptyDocument('stack'), dims: { B: 64 }, nodes, edges };
}

/** Laid out in rows: a document without places costs more, and has them after its first save. */
export function laidOut(document: GraphDocument): GraphDocument {
  const places = Object.keys(document.nodes).map((id, i) => [
    id,
    { x: (i % across) * 250, y: Math.floor(i / across) * 200 },
  ]);
  return { ...document, layout: { ...document.layout, nodes: Object.fromEntries(places) } };
}
