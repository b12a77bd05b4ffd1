/**
 * Checks documents one after the other, and looks again only at what an edit can reach. Nodes and
 * wires are compared by identity (edits share what they leave alone); types flow downwards from what
 * changed, each node once, and stop where they come out the same; statements about sizes are solved
 * part by part; results share what did not change.
 *
 * The result for a document does not depend on the documents before it: a property test holds that.
 */
import { type Dim, dimSize, type GraphDocument, type GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, isError } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import type { PathText } from '../../base/path.ts';
import { type PortSpec, registryOf } from '../../catalogue/index.ts';
import type { Registry } from '../../catalogue/registry.ts';
import type { Statement } from '../../tensor/unify.ts';
import { Elaborator } from '../elaborate/elaborator.ts';
import type { Inside, Port } from '../elaborate/flat.ts';
import { flatSymbol } from '../elaborate/scope.ts';
import type { Checked, Touched } from '../types.ts';
import { Answer } from './answer.ts';
import { tellConflicts } from './conflicts.ts';
import { Entry, type Incoming, inputTypes, keepSame, readsOf } from './entry.ts';
import { Inference, sameType } from './infer-node.ts';
import { tellLoops } from './loops.ts';
import { orderOf } from './order.ts';
import { checkPorts, unknownPort } from './ports.ts';
import { Ranks } from './ranks.ts';
import { nameOf, type ResolvedNode, resolveNode, samePorts, type Wires } from './resolve.ts';
import { atomsIn, showOutputs } from './show.ts';
import { Sizes } from './sizes.ts';
import { Structure } from './structure.ts';
import { type Rewired, WireIndex } from './wires.ts';
import { Worklist } from './worklist.ts';

const noDiagnostics: readonly Diagnostic[] = [];

export interface CheckerOptions {
  readonly structure?: boolean;
  readonly registry?: (document: GraphDocument) => Registry;
}

export class Checker {
  #document: GraphDocument | undefined;
  #checked: Checked | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #wires = new WireIndex();
  readonly #ranks = new Ranks();
  /** Sets of nodes that feed each other. */
  #loops: readonly (readonly Entry[])[] = [];
  readonly #inference = new Inference();
  readonly #sizes = new Sizes();
  /** Nodes whose outputs are written with a symbol or an unknown. */
  readonly #writtenWith = new Map<string, Set<Entry>>();
  readonly #faulty = new Set<Entry>();
  /** The symbol that each data set takes its batch size from. */
  readonly #batches = new Map<string, string>();
  readonly #structure = new Structure();
  readonly #tellsStructure: boolean;
  readonly #answer = new Answer();
  readonly #registryOf: (document: GraphDocument) => Registry;
  readonly #flat: Elaborator;
  #dims: GraphDocument['dims'] = {};
  /** Ports of uses of blocks, the same lists for as long as they look the same. */
  readonly #usePorts = new Map<PathText, Pick<ResolvedNode, 'inputs' | 'outputs'>>();

  /**
   * `structure`: whether to tell what is odd about the graph as a whole; trials that ask for errors do
   * without. `registry`: the node types of a document; those of the product unless others are given.
   */
  constructor({ structure = true, registry = registryOf }: CheckerOptions = {}) {
    this.#tellsStructure = structure;
    this.#registryOf = registry;
    this.#flat = new Elaborator(registry);
  }

  /** `touched`: what an edit has changed, when it is known; else it is found by comparing. */
  check(document: GraphDocument, touched?: Touched): Checked {
    if (document === this.#document && this.#checked) return this.#checked;
    const flat = this.#flat;
    const oldDims = this.#dims;
    this.#document = document;
    const { nodes, edges, uses } = flat.update(document, touched);
    this.#dims = flat.dims;

    const { changed, appeared, gone } = this.#readNodes(nodes);
    const isNode = (id: string) => this.#entries.has(id);
    const edgeAt = (key: string) => flat.edge(key);
    const rewired = this.#wires.update(edges, edgeAt, isNode, [...appeared.keys(), ...gone]);
    const stale = new Set([...changed, ...this.#namingMovedDims(oldDims, flat.dims)]);
    for (const entry of this.#connect(rewired, new Set(appeared.values()))) stale.add(entry);

    for (const entry of stale) this.#resolve(entry);
    const ported = new Set(stale);
    for (const entry of changed) for (const reader of entry.readers) ported.add(reader);
    for (const entry of ported) this.#checkPorts(entry);
    const visited = this.#infer(stale);
    visited.push(...ported);
    this.#show(visited);
    for (const path of uses) this.#showUse(path);
    this.#checked = this.#result(document);
    return this.#checked;
  }

  /** Takes in which nodes came, went or changed. */
  #readNodes(paths: ReadonlySet<PathText>) {
    const changed: Entry[] = [];
    const appeared = new Map<string, Entry>();
    const gone: string[] = [];
    for (const id of paths) {
      const node = this.#flat.node(id);
      let entry = this.#entries.get(id);
      if (!node) {
        if (entry) gone.push(id);
        if (entry) this.#forget(entry);
        continue;
      }
      if (!entry) {
        entry = new Entry(id, this.#answer.slotOf(id), node);
        this.#entries.set(id, entry);
        appeared.set(id, entry);
      }
      changed.push(entry);
    }
    return { changed, appeared, gone };
  }

  #forget(entry: Entry): void {
    const { id } = entry;
    this.#entries.delete(id);
    this.#faulty.delete(entry);
    this.#batches.delete(id);
    this.#state(entry, []);
    this.#writeWith(entry, []);
    this.#structure.forget(entry);
    this.#answer.forget(entry);
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
    const at = (id: string) => this.#entries.get(id) as Entry;
    const among = (ids: ReadonlySet<string>) => [...ids].filter((id) => this.#entries.has(id)).map(at);
    const touched = new Set([...among(targets), ...appeared]);
    // All old wires go before any new one comes: a wire may have moved from one node to another.
    for (const entry of touched) this.#answer.removeWires(entry.incoming);
    for (const entry of touched) {
      const { wires, diagnostics } = this.#wires.into(entry.id, this.#flat.inside(entry.id));
      entry.wires = wires;
      entry.wireDiagnostics = diagnostics;
      entry.incoming = this.#incoming(wires);
      entry.sources = this.#wires.sourcesOf(entry.id).map(at);
      this.#answer.addWires(entry.incoming);
    }
    for (const entry of new Set([...among(sources), ...appeared])) {
      entry.readers = this.#wires.readersOf(entry.id).map(at);
      // Of what kind a new node is will be known when it is resolved.
      if (!appeared.has(entry)) this.#structure.note(entry);
    }

    const isLoose = this.#loops.length > 0 && targets.size > 0;
    const isMuch = appeared.size * 4 > this.#entries.size;
    const isOrdered =
      !isLoose &&
      !isMuch &&
      this.#ranks.place(appeared) &&
      [...touched].every((entry) => entry.sources.every((source) => this.#ranks.link(source, entry)));
    if (!isOrdered) for (const entry of this.#orderAnew()) touched.add(entry);
    return touched;
  }

  /** Gives the nodes that came into a loop or out of one. */
  #orderAnew(): Entry[] {
    const before = new Set(this.#loops.flat());
    this.#loops = this.#ranks.rebuild(this.#entries.values());
    const now = new Set(this.#loops.flat());
    for (const entry of before) entry.isLooped = false;
    for (const entry of now) entry.isLooped = true;
    return [...before, ...now].filter(
      (entry) => before.has(entry) !== now.has(entry) && this.#entries.get(entry.id) === entry,
    );
  }

  #resolve(entry: Entry): void {
    const { id } = entry;
    const node = this.#flat.node(id) as GraphNode;
    const inside = this.#flat.inside(id);
    const before = entry.resolved;
    const registry = this.#registryOf(this.#document as GraphDocument);
    const { resolved, diagnostics } = resolveNode(id, node, entry.wires, registry, inside, entry);
    entry.node = node;
    entry.resolved = resolved;
    entry.resolveDiagnostics = [
      ...diagnostics,
      ...this.#flat.faults(id),
      ...this.#notInRepeats(resolved, inside),
    ];
    entry.reads = resolved && readsOf(entry, resolved);
    entry.isShownStale = true;
    if (resolved?.params !== before?.params) this.#describe(entry);
    if (resolved?.definition !== before?.definition) this.#structure.note(entry);
    this.#structure.rename();
    const { incoming, summary } = entry;
    const drawn = inside?.port && registry.of(node);
    const { inputs, outputs } = (drawn ?? resolved ?? {}) as ResolvedNode;
    this.#answer.setForm(entry, resolved && { inputs, outputs, summary, incoming });
  }

  /** An optimizer inside a repeat would train as often as it is repeated, and each time all of them. */
  #notInRepeats(resolved: ResolvedNode | undefined, inside: Inside | undefined): readonly Diagnostic[] {
    if (!resolved?.definition.trains || !inside?.region) return noDiagnostics;
    const { id } = resolved;
    return [
      diagnose('repeat-optimizer', { node: id }, { node: nameOf(this.#document as GraphDocument, id) }),
    ];
  }

  /** A use of a block as its drawing shows it: the ports of the block, and what is on them. */
  #showUse(path: PathText): void {
    const slot = this.#answer.slotOf(path);
    const use = this.#flat.use(path);
    if (!use && this.#entries.has(path)) return;
    const { inputs = [], outputs = [] } = use ?? {};
    const tie = (ports: readonly Port[]): Incoming[] =>
      ports.flatMap(({ name, node }) => {
        const source = this.#entries.get(node);
        return source ? [{ port: name, edge: '', source, output: 'out' }] : [];
      });
    const summary = use?.definition.summary?.(use.params) ?? '';
    const before = this.#usePorts.get(path);
    const kept = (specs: readonly PortSpec[], old: readonly PortSpec[] | undefined) =>
      old && samePorts(specs, old) ? old : specs;
    const ports = use && {
      inputs: kept(use.definition.inputs as readonly PortSpec[], before?.inputs),
      outputs: kept(use.definition.outputs as readonly PortSpec[], before?.outputs),
    };
    if (ports) this.#usePorts.set(path, ports);
    else this.#usePorts.delete(path);
    this.#answer.setForm(
      { slot },
      ports && { ...ports, summary, incoming: tie(inputs), results: tie(outputs) },
    );
  }

  /** What follows from a node's parameters alone. */
  #describe(entry: Entry): void {
    const { definition, params } = entry.resolved ?? {};
    entry.summary = definition?.summary?.(params) ?? '';
    const learns = definition?.learns?.(params) ?? false;
    if (learns !== entry.learns) {
      entry.learns = learns;
      this.#structure.note(entry);
    }
    const batch = definition?.dataset?.(params)?.batch;
    if (batch === undefined) this.#batches.delete(entry.id);
    else this.#batches.set(entry.id, flatSymbol(batch, this.#flat.inside(entry.id)?.scope));
  }

  /** Names that stand on every object are no ports: they come from the user. */
  #incoming(wires: Wires): Incoming[] {
    const found: Incoming[] = [];
    for (const port in wires) {
      const { edge, from } = wires[port] as Wires[string];
      const source = this.#entries.get(from.node);
      const isPort = !(port in Object.prototype || from.port in Object.prototype);
      if (source && isPort) found.push({ port, edge, source, output: from.port });
    }
    return found;
  }

  #checkPorts(entry: Entry): void {
    const nodeAt = (other: string) => this.#entries.get(other)?.resolved;
    entry.portDiagnostics = entry.resolved
      ? checkPorts(this.#document as GraphDocument, entry.resolved, this.#flat.inside(entry.id), nodeAt)
      : noDiagnostics;
  }

  /** Carries types down from the stale nodes, as far as they change. Gives the nodes that were looked at. */
  #infer(stale: ReadonlySet<Entry>): Entry[] {
    const visited: Entry[] = [];
    const waiting = new Worklist();
    for (const entry of stale) waiting.add(entry);
    for (let entry = waiting.take(); entry; entry = waiting.take()) {
      visited.push(entry);
      if (this.#inferOne(entry, stale.has(entry))) for (const reader of entry.readers) waiting.add(reader);
    }
    return visited;
  }

  /** Infers a node's types; true when what is below must look again. */
  #inferOne(entry: Entry, isStale: boolean): boolean {
    const { isInferred: wasInferred, lastInferred: last, lastOutputs: before, resolved } = entry;
    const inputs = entry.isLooped ? undefined : inputTypes(entry, last?.inputs);
    entry.isInferred = inputs !== undefined;
    if (!inputs || !resolved) {
      if (isStale) entry.lastInferred = undefined;
      this.#state(entry, []);
      return wasInferred;
    }
    if (last && !isStale && inputs === last.inputs) {
      this.#state(entry, last.statements);
      return !wasInferred;
    }
    const scope = this.#flat.inside(entry.id)?.scope;
    const fresh = this.#inference.run(resolved, inputs, this.#dims, scope);
    entry.lastInferred = fresh;
    this.#state(entry, fresh.statements);
    entry.lastOutputs = keepSame(fresh.outputs, before, sameType);
    // Where a size came from decides what is said of it.
    if (!entry.isSound) entry.isShownStale = true;
    if (entry.lastOutputs === before) return !wasInferred;
    this.#writeWith(entry, atomsIn(entry.lastOutputs));
    entry.isShownStale = true;
    return true;
  }

  #state(entry: Entry, statements: readonly Statement[]): void {
    if (statements === entry.stated || (statements.length === 0 && entry.stated.length === 0)) return;
    entry.stated = statements;
    this.#sizes.solver.state(entry.id, statements);
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

  /** Brings the answer up to date for these nodes, and for those whose sizes moved with others. */
  #show(visited: Entry[]): void {
    const document = this.#document as GraphDocument;
    for (const name of this.#sizes.update(this.#dims, new Set(this.#batches.values())))
      for (const entry of this.#writtenWith.get(name) ?? []) {
        entry.isShownStale = true;
        visited.push(entry);
      }
    for (const entry of visited) {
      if (entry.isInferred && entry.isShownStale) {
        entry.isShownStale = false;
        showOutputs(entry, document, this.#sizes);
      }
      this.#answer.setOutputs(entry);
      if (entry.isFaulty) this.#faulty.add(entry);
      else this.#faulty.delete(entry);
    }
  }

  #result(document: GraphDocument): Checked {
    const order = () => this.#orderOf(document);
    return {
      ...this.#answer.version(),
      diagnostics: this.#diagnostics(document),
      get order() {
        return order();
      },
    };
  }

  /** The order of a document's nodes, whatever has been checked since. */
  #orderOf(document: GraphDocument): readonly PathText[] {
    let flat = this.#flat;
    if (document !== this.#document) {
      flat = new Elaborator(this.#registryOf);
      flat.update(document);
    }
    return orderOf(flat.records, (path) => flat.inside(path)?.port !== undefined).order;
  }

  /** Everything that is wrong: wires that hang, nodes by id, loops, contradictions. */
  #diagnostics(document: GraphDocument): readonly Diagnostic[] {
    const found = this.#wires.dangling(
      (id) => this.#entries.has(id),
      (edge, end, direction) => this.#gonePort(document, edge, end, direction),
    );
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
    if (this.#tellsStructure && !found.some(isError)) found.push(...this.#structure.tell(document));
    return found.length === 0 ? noDiagnostics : found;
  }

  /** A wire to a port that a block has lost. */
  #gonePort(document: GraphDocument, edge: string, end: PortRef, direction: 'input' | 'output') {
    const definition = this.#flat.use(end.node)?.definition;
    if (!definition) return undefined;
    const specs = direction === 'input' ? definition.inputs : definition.outputs;
    return unknownPort(document, edge, end, direction, specs as readonly PortSpec[]);
  }

  /** What lowering needs of the document checked last. */
  knowledge() {
    const document = this.#document as GraphDocument;
    const flat = this.#flat;
    return {
      document,
      flat,
      order: this.#orderOf(document),
      isLooped: (id: string) => this.#entries.get(id)?.isLooped === true,
      sizes: this.#sizes,
      diagnostics: this.#checked?.diagnostics ?? noDiagnostics,
      node: (id: string) => this.#entries.get(id)?.resolved,
      inferred: (id: string) => this.#entries.get(id)?.inferred,
      hasError: (id: string) => (this.#entries.get(id) as Entry).hasError,
    };
  }
}
