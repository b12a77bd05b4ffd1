/** Which wire goes where, kept up to date as a document changes, and what is wrong with wires by themselves. */
import type { GraphDocument, GraphEdge } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Fix } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import { text } from '../../base/text.ts';
import { changedKeys } from './changed-keys.ts';
import type { Wires } from './resolve.ts';

export const deleteWire = (edge: string): Fix => ({
  title: text('Delete the wire', '删除连线'),
  edits: [{ edit: 'removeEdge', edge }],
});

/** What an edit did to wires. */
export interface Rewired {
  /** Wires that are not what they were. */
  readonly edges: ReadonlySet<string>;
  /** Nodes at which other wires end, or start, than before. */
  readonly targets: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

export class WireIndex {
  readonly #edges = new Map<string, GraphEdge>();
  /** Ids of the wires that end, or start, at a node. */
  readonly #into = new Map<string, Set<string>>();
  readonly #from = new Map<string, Set<string>>();
  readonly #dangling = new Set<string>();

  /** `touched`: the only wires that may have changed, where that is known. */
  update(
    edges: GraphDocument['edges'],
    isNode: (id: string) => boolean,
    appearedOrGone: readonly string[],
    touched: Iterable<string> | undefined,
  ): Rewired {
    const changed = new Set(changedKeys(this.#edges, edges, touched));
    const [targets, sources] = [new Set<string>(), new Set<string>()];
    const touch = ({ from, to }: GraphEdge) => {
      targets.add(to.node);
      sources.add(from.node);
    };
    for (const id of changed) {
      const [before, now] = [this.#edges.get(id), Object.hasOwn(edges, id) ? edges[id] : undefined];
      if (before) {
        touch(before);
        this.#into.get(before.to.node)?.delete(id);
        this.#from.get(before.from.node)?.delete(id);
        this.#edges.delete(id);
        this.#dangling.delete(id);
      }
      if (!now) continue;
      touch(now);
      this.#edges.set(id, now);
      addTo(this.#into, now.to.node, id);
      addTo(this.#from, now.from.node, id);
    }
    // A wire hangs or holds as its ends come and go.
    const ends = appearedOrGone.flatMap((node) => [
      ...(this.#into.get(node) ?? none),
      ...(this.#from.get(node) ?? none),
    ]);
    for (const id of [...changed, ...ends]) {
      const edge = this.#edges.get(id);
      if (!edge) continue;
      touch(edge);
      if (isNode(edge.from.node) && isNode(edge.to.node)) this.#dangling.delete(id);
      else this.#dangling.add(id);
    }
    return { edges: changed, targets, sources };
  }

  /** Wires whose other end is not in the graph. */
  dangling(isNode: (id: string) => boolean): Diagnostic[] {
    return [...this.#dangling].sort().map((edge) => {
      const { from, to } = this.#edges.get(edge) as GraphEdge;
      const lost: PortRef = isNode(from.node) ? to : from;
      return diagnose('dangling-edge', { edge }, { node: lost.node }, { fixes: [deleteWire(edge)] });
    });
  }

  /** The wire on each input of a node: where two claim one input, the one with the smaller id has it. */
  into(node: string): { wires: Wires; diagnostics: readonly Diagnostic[] } {
    // Without a prototype: port names come from the user, and one may be `__proto__`.
    const wires: Record<string, { edge: string; from: PortRef }> = Object.create(null);
    const diagnostics: Diagnostic[] = [];
    for (const edge of [...(this.#into.get(node) ?? none)].sort()) {
      if (this.#dangling.has(edge)) continue;
      const { from, to } = this.#edges.get(edge) as GraphEdge;
      if (Object.hasOwn(wires, to.port)) {
        const place = { node, port: to.port, edge };
        diagnostics.push(diagnose('port-taken', place, { port: to.port }, { fixes: [deleteWire(edge)] }));
      } else wires[to.port] = { edge, from };
    }
    return { wires, diagnostics };
  }

  /** Nodes that read some output of a node, by id: the order must not tell how the document came about. */
  readersOf = (node: string): string[] => this.#ends(this.#from.get(node), 'to');

  /** Nodes that a node reads, by id. */
  sourcesOf = (node: string): string[] => this.#ends(this.#into.get(node), 'from');

  #ends(edges: ReadonlySet<string> | undefined, end: 'from' | 'to'): string[] {
    const found = new Set<string>();
    for (const id of edges ?? none)
      if (!this.#dangling.has(id)) found.add((this.#edges.get(id) as GraphEdge)[end].node);
    return [...found].sort();
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
