/**
 * Checks documents one after the other, and looks again only at what an edit can reach. Nodes and
 * wires are compared by identity (edits share what they leave alone); types flow downwards from what
 * changed and stop where they come out the same; statements about sizes are solved together, but few
 * nodes make any that are not plain facts.
 *
 * The result for a document does not depend on the documents before it: a property test holds that.
 */
import { type Dim, dimSize, type GraphDocument, type GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Place } from '../../base/diagnostic.ts';
import { text } from '../../base/text.ts';
import type { Statement } from '../../tensor/unify.ts';
import type { Checked, CheckedNode, ShownType } from '../types.ts';
import { tellConflicts } from './conflicts.ts';
import {
  diagnosticsOf,
  type Entry,
  hasError,
  isFaulty,
  isSymbolic,
  keepSame,
  newEntry,
  outputType,
  sameTypes,
  showEntry,
} from './entry.ts';
import { inferNode, type PortTypes } from './infer-node.ts';
import { orderFrom, wayRound } from './order.ts';
import { checkPorts } from './ports.ts';
import { type ResolvedNode, resolveNode } from './resolve.ts';
import { Sizes } from './sizes.ts';
import { WireIndex } from './wires.ts';

export class Checker {
  #document: GraphDocument | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #wires = new WireIndex();
  /** Sets of nodes that feed each other. */
  #loops: readonly (readonly string[])[] = [];
  #sizes = new Sizes({}, new Set(), []);
  /** Nodes whose sizes depend on what is solved; nodes that state something to solve. */
  readonly #symbolic = new Set<string>();
  readonly #stating = new Set<string>();
  readonly #faulty = new Set<string>();
  /** The symbol that each data set takes its batch size from. */
  readonly #batches = new Map<string, string>();
  /** Whether anything was stated, taken back or redefined since sizes were last solved. */
  #unsolved = false;
  #nodes: Readonly<Record<string, CheckedNode>> = {};
  #edges: Readonly<Record<string, ShownType>> = {};
  #checked: Checked = { nodes: {}, edges: {}, diagnostics: [], order: [] };

  check(document: GraphDocument): Checked {
    if (document === this.#document) return this.#checked;
    const oldDims = this.#document?.dims ?? {};
    const { changed, gone, appearedOrGone } = this.#readNodes(document);
    const touched = this.#wires.update(document, appearedOrGone);
    const stale = new Set([...changed, ...touched, ...this.#namingMovedDims(oldDims, document.dims)]);
    // A wire may touch a node that is not, or no longer, there.
    for (const id of stale) if (!this.#entries.has(id)) stale.delete(id);
    this.#document = document;
    if (document.dims !== oldDims) this.#unsolved = true;

    for (const id of stale) this.#resolve(id);
    const seen = new Set([...stale, ...[...stale].flatMap(this.#readersOf)]);
    for (const id of seen) this.#checkPorts(id);
    for (const id of this.#infer(stale)) seen.add(id);
    if (this.#solve()) for (const id of this.#symbolic) seen.add(id);
    this.#show(seen, gone);
    return this.#checked;
  }

  readonly #readersOf = (id: string): readonly string[] => this.#wires.readersOf(id);
  readonly #entryAt = (id: string): Entry | undefined => this.#entries.get(id);

  /** Takes in which nodes came, went or changed. */
  #readNodes(document: GraphDocument): {
    changed: string[];
    gone: Map<string, Entry>;
    appearedOrGone: string[];
  } {
    const before = this.#document?.nodes ?? {};
    const changed: string[] = [];
    const appeared: string[] = [];
    for (const id of Object.keys(document.nodes)) {
      const node = document.nodes[id] as GraphNode;
      const entry = this.#entries.get(id);
      if (entry?.node === node) continue;
      changed.push(id);
      if (entry) entry.node = node;
      else {
        this.#entries.set(id, newEntry(node));
        appeared.push(id);
      }
    }
    const gone =
      before === document.nodes ? [] : Object.keys(before).filter((id) => !Object.hasOwn(document.nodes, id));
    return {
      changed,
      gone: new Map(gone.map((id) => [id, this.#forget(id)])),
      appearedOrGone: [...appeared, ...gone],
    };
  }

  #forget(id: string): Entry {
    const entry = this.#entries.get(id) as Entry;
    this.#entries.delete(id);
    this.#symbolic.delete(id);
    this.#faulty.delete(id);
    if (this.#stating.delete(id)) this.#unsolved = true;
    if (this.#batches.delete(id)) this.#unsolved = true;
    return entry;
  }

  /** Nodes that name a symbol which was declared, undeclared, freed or fixed. */
  #namingMovedDims(before: GraphDocument['dims'], now: GraphDocument['dims']): string[] {
    if (before === now) return [];
    const kind = (dim: Dim | undefined) => dim && (dimSize(dim) === undefined ? 'free' : 'fixed');
    const at = (dims: GraphDocument['dims'], name: string) =>
      Object.hasOwn(dims, name) ? dims[name] : undefined;
    const names = new Set([...Object.keys(before), ...Object.keys(now)]);
    const moved = [...names].filter((name) => kind(at(before, name)) !== kind(at(now, name)));
    if (moved.length === 0) return [];
    const naming = [...this.#entries].filter(([, { inferred }]) =>
      moved.some((name) => inferred?.symbols.has(name)),
    );
    return naming.map(([id]) => id);
  }

  #resolve(id: string): void {
    const entry = this.#entries.get(id) as Entry;
    const { wires, diagnostics: wireDiagnostics } = this.#wires.into(id);
    const { resolved, diagnostics: resolveDiagnostics } = resolveNode(id, entry.node, wires);
    Object.assign(entry, { wires, wireDiagnostics, resolved, resolveDiagnostics });
    const batch = resolved?.definition.dataset?.(resolved.params)?.batch;
    if (batch === this.#batches.get(id)) return;
    this.#unsolved = true;
    if (batch === undefined) this.#batches.delete(id);
    else this.#batches.set(id, batch);
  }

  #checkPorts(id: string): void {
    const entry = this.#entries.get(id) as Entry;
    const nodeAt = (other: string) => this.#entries.get(other)?.resolved;
    entry.portDiagnostics = entry.resolved
      ? checkPorts(this.#document as GraphDocument, entry.resolved, nodeAt)
      : [];
  }

  /** Carries types down from the stale nodes, as far as they change. Gives the nodes that were looked at. */
  #infer(stale: ReadonlySet<string>): string[] {
    const { order, loops } = orderFrom(stale, this.#readersOf);
    const reached = new Set(order);
    const wasLooped = new Set(this.#loops.flat());
    // A loop lies in what was reached as a whole or not at all.
    const untouched = this.#loops.filter((loop) =>
      loop.every((id) => this.#entries.has(id) && !reached.has(id)),
    );
    this.#loops = [...untouched, ...loops];
    const looped = new Set(loops.flat());
    const moved = new Set<string>();
    const isAbove = (id: string) =>
      Object.values((this.#entries.get(id) as Entry).wires).some((wire) => moved.has(wire.from.node));
    const visited = order.filter((id) => {
      const isStale = stale.has(id) || looped.has(id) || wasLooped.has(id);
      if (!isStale && !isAbove(id)) return false;
      if (this.#inferOne(id, looped.has(id), isStale)) moved.add(id);
      return true;
    });
    return visited;
  }

  /** Infers a node's types; true when what is below must look again. */
  #inferOne(id: string, inLoop: boolean, isStale: boolean): boolean {
    const entry = this.#entries.get(id) as Entry;
    const { resolved, inferred: old } = entry;
    const inputs = resolved && !inLoop ? this.#inputTypes(resolved) : undefined;
    if (!isStale && old && inputs && sameTypes(inputs, old.inputs)) return false;
    const fresh =
      resolved && inputs ? inferNode(resolved, inputs, (this.#document as GraphDocument).dims) : undefined;
    entry.inferred = fresh && old ? { ...fresh, outputs: keepSame(fresh.outputs, old.outputs) } : fresh;
    if (old?.statements.length || fresh?.statements.length) this.#unsolved = true;
    if (fresh?.statements.length) this.#stating.add(id);
    else this.#stating.delete(id);
    return !old !== !fresh || !sameTypes(fresh?.outputs ?? {}, old?.outputs ?? {});
  }

  /** Types of the wired inputs; undefined when a required one is not wired or a wired one has no type. */
  #inputTypes(node: ResolvedNode): PortTypes | undefined {
    const types: Record<string, PortTypes[string]> = {};
    for (const { name, optional } of node.inputs) {
      const wire = node.wires[name];
      if (!wire && optional) continue;
      const type = wire && outputType(this.#entries.get(wire.from.node), wire.from.port);
      if (!type) return undefined;
      types[name] = type;
    }
    return types;
  }

  /** Solves all statements together; false when nothing was stated anew. */
  #solve(): boolean {
    if (!this.#unsolved) return false;
    this.#unsolved = false;
    const statements: Statement[] = [];
    for (const id of [...this.#stating].sort())
      statements.push(...(this.#entries.get(id)?.inferred?.statements ?? []));
    this.#sizes = new Sizes(
      (this.#document as GraphDocument).dims,
      new Set(this.#batches.values()),
      statements,
      this.#sizes,
    );
    return true;
  }

  /** Brings the result up to date for these nodes and their wires. */
  #show(ids: ReadonlySet<string>, gone: ReadonlyMap<string, Entry>): void {
    const document = this.#document as GraphDocument;
    const nodes: Record<string, CheckedNode> = { ...this.#nodes };
    const edges: Record<string, ShownType> = { ...this.#edges };
    const entries = [...ids].map((id) => [id, this.#entries.get(id) as Entry] as const);
    for (const id of gone.keys()) delete nodes[id];
    // All old wires go before any new one comes: a wire may have moved from one node to another.
    for (const entry of [...gone.values(), ...entries.map(([, e]) => e)])
      for (const edge of entry.shownWires) delete edges[edge];
    for (const [id, entry] of entries) {
      showEntry(id, entry, this.#entryAt, document, this.#sizes);
      if (entry.shown) nodes[id] = entry.shown;
      else delete nodes[id];
      const wires = Object.entries(entry.wires);
      entry.shownWires = wires.map(([, { edge }]) => edge);
      for (const [port, { edge }] of wires) {
        const type = entry.shown?.inputTypes[port];
        if (type) edges[edge] = type;
      }
      toggle(this.#faulty, id, isFaulty(entry));
      toggle(this.#symbolic, id, isSymbolic(entry, this.#entryAt));
    }
    this.#nodes = nodes;
    this.#edges = edges;
    const readersOf = this.#readersOf;
    this.#checked = {
      nodes,
      edges,
      diagnostics: this.#diagnostics(document),
      get order() {
        return orderFrom(Object.keys(document.nodes), readersOf).order;
      },
    };
  }

  /** Everything that is wrong: wires that hang, nodes in document order, loops, contradictions. */
  #diagnostics(document: GraphDocument): Diagnostic[] {
    const asked = new Set<string>();
    const found = this.#wires.dangling();
    const faulty =
      this.#faulty.size === 0 ? [] : Object.keys(document.nodes).filter((id) => this.#faulty.has(id));
    for (const id of faulty) {
      const entry = this.#entries.get(id) as Entry;
      found.push(...diagnosticsOf(entry));
      for (const { diagnostic, question } of entry.sizeFaults) {
        if (!asked.has(question)) found.push(diagnostic);
        asked.add(question);
      }
    }
    const position = new Map(
      this.#loops.length === 0 ? [] : Object.keys(document.nodes).map((id, i) => [id, i]),
    );
    const loops = this.#loops.map((loop) =>
      [...loop].sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0)),
    );
    loops.sort((a, b) => (position.get(a[0] as string) ?? 0) - (position.get(b[0] as string) ?? 0));
    for (const loop of loops) found.push(this.#tellLoop(document, wayRound(loop, this.#readersOf)));
    const scene = {
      document,
      sizes: this.#sizes,
      node: (id: string) => this.#entries.get(id)?.resolved,
      inferred: (id: string) => this.#entries.get(id)?.inferred,
    };
    return [...found, ...tellConflicts(this.#sizes.unifier.conflicts, scene)];
  }

  #tellLoop(document: GraphDocument, loop: readonly string[]): Diagnostic {
    const names = [...loop, loop[0] as string].map((id) => document.nodes[id]?.label ?? id);
    const related = loop.map((node, i) => {
      const source = loop[(i + loop.length - 1) % loop.length];
      const [port, wire] =
        Object.entries(this.#entries.get(node)?.wires ?? {}).find(([, w]) => w.from.node === source) ?? [];
      return { node, ...(port !== undefined && { port }), ...(wire && { edge: wire.edge }) };
    });
    // The wire back to the first node closes the loop.
    const closing: Place = related[0] ?? {};
    const title = text('Delete the wire that closes the loop', '删除闭合循环的连线');
    const fixes =
      closing.edge === undefined
        ? []
        : [{ title, edits: [{ edit: 'removeEdge', edge: closing.edge } as const] }];
    return diagnose('cycle', closing, { loop: names.join(' → ') }, { related, fixes });
  }

  /** What lowering needs of the document checked last. */
  knowledge() {
    const document = this.#document as GraphDocument;
    const { order, loops } = orderFrom(Object.keys(document.nodes), this.#readersOf);
    return {
      document,
      order,
      looped: new Set(loops.flat()) as ReadonlySet<string>,
      sizes: this.#sizes,
      diagnostics: this.#checked.diagnostics,
      node: (id: string) => this.#entries.get(id)?.resolved,
      inferred: (id: string) => this.#entries.get(id)?.inferred,
      hasError: (id: string) => hasError(this.#entries.get(id) as Entry),
    };
  }
}

function toggle(set: Set<string>, id: string, present: boolean): void {
  if (present) set.add(id);
  else set.delete(id);
}
