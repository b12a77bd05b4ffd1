/** Applies edits to a document. Edits that name what is not there change nothing. */

import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import type { Edit, PortRef } from '../../base/edit.ts';
import { baseOf, freshId } from '../../base/ids.ts';

/** An id that came from outside may be taken by now: the edits of one fix then share a new one. */
class Names {
  readonly #given = new Map<string, string>();

  claim(id: string, taken: Readonly<Record<string, unknown>>): string {
    const name = Object.hasOwn(taken, id) ? freshId(baseOf(id), (other) => Object.hasOwn(taken, other)) : id;
    this.#given.set(id, name);
    return name;
  }

  of(id: string): string {
    return this.#given.get(id) ?? id;
  }
}

/** Removes a node with everything that hangs on it. */
export function removeNode(document: GraphDocument, node: string): void {
  delete document.nodes[node];
  delete document.layout.nodes[node];
  for (const [id, edge] of Object.entries(document.edges)) {
    if (edge.from.node === node || edge.to.node === node) delete document.edges[id];
  }
}

/** An input takes one wire: the old one goes. Wires to or from nothing are not made. */
export function setEdge(document: GraphDocument, id: string, from: PortRef, to: PortRef): void {
  if (!Object.hasOwn(document.nodes, from.node) || !Object.hasOwn(document.nodes, to.node)) return;
  for (const [other, edge] of Object.entries(document.edges)) {
    if (edge.to.node === to.node && edge.to.port === to.port) delete document.edges[other];
  }
  document.edges[id] = { from: { ...from }, to: { ...to } };
}

export function setDim(document: GraphDocument, name: string, size: number): void {
  const dim = document.dims[name];
  document.dims[name] = typeof dim === 'object' ? { ...dim, size } : size;
}

/** Where a new node is drawn; the compiler, which sees no places, leaves it out. */
type Spot = (document: GraphDocument, near: string | undefined) => { readonly x: number; readonly y: number };

/**
 * Changes the document's records and nothing inside their entries, which are replaced: a draft will do,
 * and so will a copy of the records (see `edited`).
 */
export function applyEdits(document: GraphDocument, edits: readonly Edit[], spotNear?: Spot): void {
  const nodes = new Names();
  const edges = new Names();
  const renamed = (ref: PortRef): PortRef => ({ node: nodes.of(ref.node), port: ref.port });
  const nodeOf = (id: string): GraphNode | undefined =>
    Object.hasOwn(document.nodes, nodes.of(id)) ? document.nodes[nodes.of(id)] : undefined;
  // Where a wire ran is asked for after it has gone, so places are looked up before the first edit.
  const places = edits.map((edit) => (edit.edit === 'addNode' ? spotNear?.(document, edit.near) : undefined));

  edits.forEach((edit, i) => {
    switch (edit.edit) {
      case 'setParam': {
        const node = nodeOf(edit.node);
        if (!node) return;
        const params = { ...node.params, [edit.key]: edit.value };
        document.nodes[nodes.of(edit.node)] = { ...node, params };
        return;
      }
      case 'removeParam': {
        const node = nodeOf(edit.node);
        if (!node) return;
        const { [edit.key]: _, ...params } = node.params;
        document.nodes[nodes.of(edit.node)] = { ...node, params };
        return;
      }
      case 'addNode': {
        const id = nodes.claim(edit.node, document.nodes);
        document.nodes[id] = { type: edit.type, params: { ...edit.params } satisfies GraphNode['params'] };
        const place = places[i];
        if (place) document.layout.nodes[id] = { ...place };
        return;
      }
      case 'setType': {
        const node = nodeOf(edit.node);
        if (node) document.nodes[nodes.of(edit.node)] = { ...node, type: edit.type };
        return;
      }
      case 'removeNode':
        removeNode(document, nodes.of(edit.node));
        return;
      case 'addEdge':
        setEdge(document, edges.claim(edit.edge, document.edges), renamed(edit.from), renamed(edit.to));
        return;
      case 'removeEdge':
        delete document.edges[edges.of(edit.edge)];
        return;
      case 'setDim':
        setDim(document, edit.name, edit.size);
        return;
    }
  });
}

/** The document with these edits made; every node, wire and place that they leave alone is the same object. */
export function edited(document: GraphDocument, edits: readonly Edit[], spotNear?: Spot): GraphDocument {
  const copy: GraphDocument = {
    ...document,
    dims: { ...document.dims },
    nodes: { ...document.nodes },
    edges: { ...document.edges },
    layout: { ...document.layout, nodes: { ...document.layout.nodes } },
  };
  applyEdits(copy, edits, spotNear);
  return copy;
}
