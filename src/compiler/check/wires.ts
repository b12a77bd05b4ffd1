/** Which wire goes where, kept up to date as a document changes, and what is wrong with wires by themselves. */
import type { GraphDocument, GraphEdge } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Fix } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import { text } from '../../base/text.ts';
import type { Wires } from './resolve.ts';

export const deleteWire = (edge: string): Fix => ({
  title: text('Delete the wire', '删除连线'),
  edits: [{ edit: 'removeEdge', edge }],
});

export class WireIndex {
  #edges: GraphDocument['edges'] = {};
  /** Ids of the wires that touch a node, by either end; in document order as far as they were never changed. */
  readonly #touching = new Map<string, Set<string>>();
  readonly #dangling = new Set<string>();
  #nodes: GraphDocument['nodes'] = {};
  readonly #readers = new Map<string, readonly string[]>();

  /** Takes a new document in; gives the nodes whose wires are not what they were. */
  update(document: GraphDocument, appearedOrGone: readonly string[]): Set<string> {
    const touched = new Set<string>();
    this.#nodes = document.nodes;
    if (document.edges !== this.#edges) this.#readEdges(document.edges, touched);
    // A wire hangs or holds as its ends come and go.
    for (const node of appearedOrGone)
      for (const edge of this.#touching.get(node) ?? []) this.#place(edge, touched);
    for (const node of touched) this.#readers.delete(node);
    return touched;
  }

  #readEdges(edges: GraphDocument['edges'], touched: Set<string>): void {
    const old = this.#edges;
    this.#edges = edges;
    for (const id of Object.keys(old))
      if (!Object.hasOwn(edges, id)) this.#forget(id, old[id] as GraphEdge, touched);
    for (const id of Object.keys(edges)) {
      const [before, now] = [Object.hasOwn(old, id) ? old[id] : undefined, edges[id] as GraphEdge];
      if (before === now) continue;
      if (before) this.#forget(id, before, touched);
      for (const end of [now.from.node, now.to.node]) {
        const ids = this.#touching.get(end) ?? new Set();
        this.#touching.set(end, ids.add(id));
      }
      this.#place(id, touched);
    }
  }

  #forget(id: string, edge: GraphEdge, touched: Set<string>): void {
    for (const end of [edge.from.node, edge.to.node]) this.#touching.get(end)?.delete(id);
    this.#dangling.delete(id);
    touched.add(edge.to.node).add(edge.from.node);
  }

  #place(id: string, touched: Set<string>): void {
    const { from, to } = this.#edges[id] as GraphEdge;
    if (this.#lostEnd(id) === undefined) this.#dangling.delete(id);
    else this.#dangling.add(id);
    touched.add(to.node).add(from.node);
  }

  #lostEnd(id: string): PortRef | undefined {
    const { from, to } = this.#edges[id] as GraphEdge;
    return [from, to].find((end) => !Object.hasOwn(this.#nodes, end.node));
  }

  /** Wires whose other end is not in the graph. */
  dangling(): Diagnostic[] {
    return [...this.#dangling].sort().map((edge) => {
      const node = this.#lostEnd(edge)?.node ?? '';
      return diagnose('dangling-edge', { edge }, { node }, { fixes: [deleteWire(edge)] });
    });
  }

  /** The wire on each input of a node: where two claim one input, the one with the smaller id has it. */
  into(node: string): { wires: Wires; diagnostics: readonly Diagnostic[] } {
    // Without a prototype: port names come from the user, and one may be `__proto__`.
    const wires: Record<string, { edge: string; from: PortRef }> = Object.create(null);
    const diagnostics: Diagnostic[] = [];
    for (const edge of [...(this.#touching.get(node) ?? [])].sort()) {
      const { from, to } = this.#edges[edge] as GraphEdge;
      if (to.node !== node || this.#dangling.has(edge)) continue;
      if (Object.hasOwn(wires, to.port)) {
        const place = { node, port: to.port, edge };
        diagnostics.push(diagnose('port-taken', place, { port: to.port }, { fixes: [deleteWire(edge)] }));
      } else wires[to.port] = { edge, from };
    }
    return { wires, diagnostics };
  }

  /** Nodes that read some output of a node, by id: the order must not tell how the document came about. */
  readersOf(node: string): readonly string[] {
    let readers = this.#readers.get(node);
    if (!readers) {
      const found = new Set<string>();
      for (const id of this.#touching.get(node) ?? []) {
        const edge = this.#edges[id] as GraphEdge;
        if (edge.from.node === node && !this.#dangling.has(id)) found.add(edge.to.node);
      }
      readers = [...found].sort();
      this.#readers.set(node, readers);
    }
    return readers;
  }
}
