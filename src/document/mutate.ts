/** The smallest changes of one drawing, in place. Each keeps it whole: no wire without ends, no two into one input. */
import type { GraphLevel } from '../../graph-schema/document.ts';
import type { PortRef } from '../base/edit.ts';
import { freshId } from '../base/ids.ts';

/** What ids of wires begin with. */
export const EDGE = 'e';

export const newEdgeId = (graph: GraphLevel): string => freshId(EDGE, (id) => Object.hasOwn(graph.edges, id));

/** Removes a node with everything that hangs on it. */
export function removeNode(graph: GraphLevel, node: string): void {
  delete graph.nodes[node];
  delete graph.layout.nodes[node];
  for (const [id, edge] of Object.entries(graph.edges)) {
    if (edge.from.node === node || edge.to.node === node) delete graph.edges[id];
  }
}

/** An input takes one wire: the old one goes. Wires to or from nothing are not made. */
export function setEdge(graph: GraphLevel, id: string, from: PortRef, to: PortRef): void {
  if (!Object.hasOwn(graph.nodes, from.node) || !Object.hasOwn(graph.nodes, to.node)) return;
  for (const [other, edge] of Object.entries(graph.edges)) {
    if (edge.to.node === to.node && edge.to.port === to.port) delete graph.edges[other];
  }
  graph.edges[id] = { from: { ...from }, to: { ...to } };
}

export function setDim(graph: GraphLevel, name: string, size: number): void {
  const dim = graph.dims[name];
  graph.dims[name] = typeof dim === 'object' ? { ...dim, size } : size;
}
