/**
 * Checks documents one after the other, and looks again only at what an edit can reach. Nodes and
 * wires are compared by identity (edits share what they leave alone); types flow downwards from what
 * changed, each node once, and stop where they come out the same; statements about sizes are solved
 * part by part; results share what did not change.
 *
 * The result for a document does not depend on the documents before it: a property test holds that.
 */
import { type Dim, dimSize, type GraphDocument, type GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Checked, CheckedNode, ShownType, Touched } from '../types.ts';
import { changedKeys } from './changed-keys.ts';
import { tellConflicts } from './conflicts.ts';
import { Entry, type Incoming, keepSame, sameTypes } from './entry.ts';
import { inferNode, type PortTypes } from './infer-node.ts';
import { tellLoops } from './loops.ts';
import { orderOf } from './order.ts';
import { checkPorts } from './ports.ts';
import { Ranks } from './ranks.ts';
import { type ResolvedNode, resolveNode, type Wires } from './resolve.ts';
import { atomsIn, showNode, showOutputs } from './show.ts';
import { Sizes } from './sizes.ts';
import { tellStructure } from './structure.ts';
import { Versions } from './versions.ts';
import { type Rewired, WireIndex } from './wires.ts';
import { Worklist } from './worklist.ts';

const noDiagnostics: readonly Diagnostic[] = [];

export class Checker {
  #document: GraphDocument | undefined;
  #checked: Checked | undefined;
  readonly #nodes = new Map<string, GraphNode>();
  readonly #entries = new Map<string, Entry>();
  readonly #wires = new WireIndex();
  readonly #ranks = new Ranks();
  /** Sets of nodes that feed each other. */
  #loops: readonly (readonly Entry[])[] = [];
  readonly #sizes = new Sizes();
  /** Nodes whose outputs are written with a symbol or an unknown. */
  readonly #writtenWith = new Map<string, Set<Entry>>();
  readonly #faulty = new Set<Entry>();
  /** The symbol that each data set takes its batch size from. */
  readonly #batches = new Map<string, string>();
  /** What is odd about the graph as a whole; undefined when it must be looked at anew. */
  #structure: readonly Diagnostic[] | undefined;
  readonly #tellsStructure: boolean;
  readonly #shownNodes = new Versions<CheckedNode>();
  readonly #shownEdges = new Versions<ShownType>();

  /** `structure`: whether to tell what is odd about the graph as a whole; trials that ask for errors do without. */
  constructor({ structure = true }: { readonly structure?: boolean } = {}) {
    this.#tellsStructure = structure;
  }

  /** `touched`: what an edit has changed, when it is known; else it is found by comparing. */
  check(document: GraphDocument, touched?: Touched): Checked {
    if (document === this.#document && this.#checked) return this.#checked;
    const hint = touched && touched.since === this.#document ? touched : undefined;
    const oldDims = this.#document?.dims ?? {};
    this.#document = document;

    const { changed, appeared, gone } = this.#readNodes(document, hint?.nodes);
    if (gone.length > 0) this.#structure = undefined;
    const isNode = (id: string) => this.#entries.has(id);
    const rewired = this.#wires.update(document.edges, isNode, [...appeared.keys(), ...gone], hint?.edges);
    const stale = new Set([...changed, ...this.#namingMovedDims(oldDims, document.dims)]);
    for (const entry of this.#connect(rewired, new Set(appeared.values()))) stale.add(entry);

    for (const entry of stale) this.#resolve(entry);
    const ported = new Set(stale);
    for (const entry of changed) for (const reader of entry.readers) ported.add(reader);
    for (const entry of ported) this.#checkPorts(entry);
    const visited = this.#infer(stale);
    for (const entry of ported) visited.add(entry);
    this.#show(visited, stale);
    this.#checked = this.#result(document);
    return this.#checked;
  }

  /** Takes in which nodes came, went or changed. */
  #readNodes({ nodes }: GraphDocument, touched: Iterable<string> | undefined) {
    const changed: Entry[] = [];
    const appeared = new Map<string, Entry>();
    const gone: string[] = [];
    for (const id of changedKeys(this.#nodes, nodes, touched)) {
      if (!Object.hasOwn(nodes, id)) {
        gone.push(id);
        this.#forget(id);
        continue;
      }
      const node = nodes[id] as GraphNode;
      this.#nodes.set(id, node);
      let entry = this.#entries.get(id);
      if (!entry) {
        entry = new Entry(id, node);
        this.#entries.set(id, entry);
        appeared.set(id, entry);
      }
      changed.push(entry);
    }
    return { changed, appeared, gone };
  }

  #forget(id: string): void {
    const entry = this.#entries.get(id) as Entry;
    this.#nodes.delete(id);
    this.#entries.delete(id);
    this.#faulty.delete(entry);
    this.#batches.delete(id);
    this.#sizes.solver.state(id, []);
    this.#writeWith(entry, []);
    this.#shownNodes.set(id, undefined);
    this.#unshowWires(entry);
  }

  #unshowWires(entry: Entry): void {
    for (const { edge } of entry.incoming) this.#shownEdges.set(edge, undefined);
  }

  /** Nodes that name a symbol which was declared, undeclared, freed or fixed. */
  #namingMovedDims(before: GraphDocument['dims'], now: GraphDocument['dims']): Entry[] {
    if (before === now) return [];
    const kind = (dim: Dim | undefined) => dim && (dimSize(dim) === undefined ? 'free' : 'fixed');
    const at = (dims: GraphDocument['dims'], name: string) =>
      Object.hasOwn(dims, name) ? dims[name] : undefined;
    const names = new Set([...Object.keys(before), ...Object.keys(now)]);
    const moved = [...names].filter((name) => kind(at(before, name)) !== kind(at(now, name)));
    if (moved.length === 0) return [];
    return [...this.#entries.values()].filter(({ lastInferred }) =>
      moved.some((name) => lastInferred?.symbols.has(name)),
    );
  }

  /** Ties entries to their neighbours and keeps them in order; gives those whose wires or loops changed. */
  #connect({ targets, sources }: Rewired, appeared: ReadonlySet<Entry>): Set<Entry> {
    const at = (ids: Iterable<string>) => [...ids].flatMap((id) => this.#entries.get(id) ?? []);
    const touched = new Set([...at(targets), ...appeared]);
    // All old wires go before any new one comes: a wire may have moved from one node to another.
    for (const entry of touched) this.#unshowWires(entry);
    for (const entry of touched) {
      const { wires, diagnostics } = this.#wires.into(entry.id);
      Object.assign(entry, { wires, wireDiagnostics: diagnostics, incoming: this.#incoming(wires) });
      entry.sources = at(this.#wires.sourcesOf(entry.id));
    }
    for (const entry of new Set([...at(sources), ...appeared]))
      entry.readers = at(this.#wires.readersOf(entry.id));

    const isLoose = this.#loops.length > 0 && targets.size > 0;
    const isMuch = appeared.size * 4 > this.#entries.size;
    const isOrdered =
      !isLoose &&
      !isMuch &&
      this.#ranks.place(appeared) &&
      [...touched].every((entry) => entry.sources.every((source) => this.#ranks.link(source, entry)));
    if (touched.size > 0 || sources.size > 0) this.#structure = undefined;
    if (!isOrdered) for (const entry of this.#orderAnew()) touched.add(entry);
    return touched;
  }

  /** Gives the nodes that came into a loop or out of one. */
  #orderAnew(): Entry[] {
    const before = new Set(this.#loops.flat());
    this.#loops = this.#ranks.rebuild([...this.#entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const now = new Set(this.#loops.flat());
    for (const entry of before) entry.isLooped = false;
    for (const entry of now) entry.isLooped = true;
    return [...before, ...now].filter(
      (entry) => before.has(entry) !== now.has(entry) && this.#entries.get(entry.id) === entry,
    );
  }

  #resolve(entry: Entry): void {
    const node = this.#nodes.get(entry.id) as GraphNode;
    const { resolved, diagnostics } = resolveNode(entry.id, node, entry.wires, entry);
    if (resolved?.params !== entry.resolved?.params) {
      entry.summary = resolved?.definition.summary?.(resolved.params) ?? '';
      const learns = resolved?.definition.learns?.(resolved.params) ?? false;
      if (learns !== entry.learns || resolved?.definition !== entry.resolved?.definition)
        this.#structure = undefined;
      entry.learns = learns;
    }
    // Names stand in what has been told.
    if (this.#structure?.length) this.#structure = undefined;
    Object.assign(entry, { node, resolved, resolveDiagnostics: diagnostics });
    entry.reads = resolved && reads(entry, resolved);
    const batch = resolved?.definition.dataset?.(resolved.params)?.batch;
    if (batch === undefined) this.#batches.delete(entry.id);
    else this.#batches.set(entry.id, batch);
  }

  /** Names that stand on every object are no ports: they come from the user. */
  #incoming(wires: Wires): Incoming[] {
    return Object.entries(wires).flatMap(([port, { edge, from }]) => {
      const source = this.#entries.get(from.node);
      const isPort = !(port in Object.prototype || from.port in Object.prototype);
      return source && isPort ? [{ port, edge, source, output: from.port }] : [];
    });
  }

  #checkPorts(entry: Entry): void {
    const nodeAt = (other: string) => this.#entries.get(other)?.resolved;
    entry.portDiagnostics = entry.resolved
      ? checkPorts(this.#document as GraphDocument, entry.resolved, nodeAt)
      : noDiagnostics;
  }

  /** Carries types down from the stale nodes, as far as they change. Gives the nodes that were looked at. */
  #infer(stale: ReadonlySet<Entry>): Set<Entry> {
    const visited = new Set<Entry>();
    const waiting = new Worklist();
    for (const entry of stale) waiting.add(entry);
    for (let entry = waiting.take(); entry; entry = waiting.take()) {
      visited.add(entry);
      if (this.#inferOne(entry, stale.has(entry))) for (const reader of entry.readers) waiting.add(reader);
    }
    return visited;
  }

  /** Infers a node's types; true when what is below must look again. */
  #inferOne(entry: Entry, isStale: boolean): boolean {
    const wasInferred = entry.isInferred;
    const inputs = entry.isLooped ? undefined : inputTypes(entry);
    entry.isInferred = inputs !== undefined;
    if (!inputs) {
      if (isStale) entry.lastInferred = undefined;
      if (wasInferred) this.#sizes.solver.state(entry.id, []);
      return wasInferred;
    }
    const { lastInferred: last, lastOutputs: before } = entry;
    if (last && !isStale && sameTypes(inputs, last.inputs)) {
      if (!wasInferred) this.#sizes.solver.state(entry.id, last.statements);
      return !wasInferred;
    }
    const { resolved } = entry;
    if (!resolved) throw new Error('internal: a node was inferred that has no type');
    const fresh = inferNode(resolved, inputs, (this.#document as GraphDocument).dims);
    entry.lastInferred = fresh;
    this.#sizes.solver.state(entry.id, fresh.statements);
    entry.lastOutputs = keepSame(fresh.outputs, before);
    entry.isShownStale = true;
    if (entry.lastOutputs !== before) this.#writeWith(entry, atomsIn(entry.lastOutputs));
    return !wasInferred || entry.lastOutputs !== before;
  }

  /** Remembers what a node's outputs are written with. */
  #writeWith(entry: Entry, atoms: readonly string[]): void {
    const before = entry.atoms;
    if (before.length === atoms.length && before.every((name, i) => name === atoms[i])) return;
    for (const name of before) this.#writtenWith.get(name)?.delete(entry);
    for (const name of atoms) {
      const entries = this.#writtenWith.get(name);
      if (entries) entries.add(entry);
      else this.#writtenWith.set(name, new Set([entry]));
    }
    entry.atoms = atoms;
  }

  /** Brings the result up to date for these nodes, their wires, and whatever changed its size. */
  #show(visited: Set<Entry>, stale: ReadonlySet<Entry>): void {
    const document = this.#document as GraphDocument;
    const seen = visited;
    const moved = this.#sizes.update(document.dims, new Set(this.#batches.values()));
    for (const name of moved)
      for (const entry of this.#writtenWith.get(name) ?? []) {
        entry.isShownStale = true;
        seen.add(entry);
      }
    for (const entry of seen) {
      if (!entry.isInferred || !(entry.isShownStale || stale.has(entry))) continue;
      entry.isShownStale = false;
      if (showOutputs(entry, document, this.#sizes)) for (const reader of entry.readers) seen.add(reader);
    }
    for (const entry of seen) {
      const shown = showNode(entry);
      if (shown !== entry.shown || stale.has(entry)) {
        entry.shown = shown;
        this.#shownNodes.set(entry.id, shown);
        for (const { port, edge } of entry.incoming) this.#shownEdges.set(edge, shown?.inputTypes[port]);
      }
      if (entry.isFaulty) this.#faulty.add(entry);
      else this.#faulty.delete(entry);
    }
  }

  #result(document: GraphDocument): Checked {
    return {
      nodes: this.#shownNodes.snapshot(),
      edges: this.#shownEdges.snapshot(),
      diagnostics: this.#diagnostics(document),
      get order() {
        return orderOf(document).order;
      },
    };
  }

  /** Everything that is wrong: wires that hang, nodes by id, loops, contradictions. */
  #diagnostics(document: GraphDocument): readonly Diagnostic[] {
    const found = this.#wires.dangling((id) => this.#entries.has(id));
    const asked = new Set<string>();
    for (const entry of [...this.#faulty].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      found.push(...entry.diagnostics);
      for (const { diagnostic, question } of entry.openFaults) {
        if (!asked.has(question)) found.push(diagnostic);
        asked.add(question);
      }
    }
    if (this.#loops.length > 0) found.push(...tellLoops(this.#loops, document));
    const { solver } = this.#sizes;
    const conflicts = solver.conflicts();
    if (conflicts.length > 0) {
      const entry = (id: string) => this.#entries.get(id);
      found.push(...tellConflicts(conflicts, { document, solver, entry }));
    }
    if (this.#tellsStructure && !found.some(isError)) {
      this.#structure ??= tellStructure(this.#entries.values(), document);
      found.push(...this.#structure);
    }
    return found.length === 0 ? noDiagnostics : found;
  }

  /** What lowering needs of the document checked last. */
  knowledge() {
    const document = this.#document as GraphDocument;
    const { order, loops } = orderOf(document);
    return {
      document,
      order,
      looped: new Set(loops.flat()) as ReadonlySet<string>,
      sizes: this.#sizes,
      diagnostics: this.#checked?.diagnostics ?? noDiagnostics,
      node: (id: string) => this.#entries.get(id)?.resolved,
      inferred: (id: string) => this.#entries.get(id)?.inferred,
      hasError: (id: string) => (this.#entries.get(id) as Entry).hasError,
    };
  }
}

/** The inputs that inference reads; undefined when a required one is not wired. */
function reads({ incoming }: Entry, { inputs }: ResolvedNode): Incoming[] | undefined {
  const found: Incoming[] = [];
  for (const { name, optional } of inputs) {
    const wire = incoming.find(({ port }) => port === name);
    if (wire) found.push(wire);
    else if (!optional) return undefined;
  }
  return found;
}

/** Types of the wired inputs; undefined when a required one is not wired or a wired one has no type. */
function inputTypes({ reads }: Entry): PortTypes | undefined {
  if (!reads) return undefined;
  const types: Record<string, TensorType> = {};
  for (const { port, source, output } of reads) {
    const type = source.output(output);
    if (!type) return undefined;
    types[port] = type;
  }
  return types;
}
