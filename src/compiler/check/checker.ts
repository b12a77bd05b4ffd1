/**
 * Checks documents one after the other, and looks again only at what an edit can reach. Nodes and
 * wires are compared by identity (edits share what they leave alone); types flow downwards from what
 * changed and stop where they come out the same (propagation.ts); statements about sizes are solved part by
 * part; results share what did not change.
 *
 * The result for a document does not depend on the documents before it: a property test holds that.
 */
import { type Dim, dimSize, type GraphDocument, type GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import type { PathText } from '../../base/path.ts';
import { type PortSpec, registryOf } from '../../catalogue/index.ts';
import type { Registry } from '../../catalogue/registry.ts';
import { Elaborator } from '../elaborate/elaborator.ts';
import { batchSymbol } from '../evaluations.ts';
import type { Checked, Touched } from '../types.ts';
import { BlockUses, trainsInRepeat } from './block-uses.ts';
import { tellConflicts } from './conflicts.ts';
import { tellLesson } from './lesson-problems.ts';
import { tellLoops } from './loops.ts';
import { type Incoming, NodeState, readsOf } from './node-state.ts';
import { orderOf } from './order.ts';
import { checkPorts, unknownPort } from './ports.ts';
import { Propagation } from './propagation.ts';
import { Ranks } from './ranks.ts';
import { type ResolvedNode, resolveNode, type Wires } from './resolve.ts';
import { CheckResult, ResultStore } from './result-store.ts';
import type { Sizes } from './sizes.ts';
import { Structure } from './structure.ts';
import { unusedRecursions } from './unused-recursion.ts';
import { type Rewired, WireIndex } from './wires.ts';

const noDiagnostics: readonly Diagnostic[] = [];
const noStates: readonly NodeState[] = [];

export interface CheckerOptions {
  readonly structure?: boolean;
  readonly registry?: (document: GraphDocument) => Registry;
  /** Write repeats out, instead of keeping one body with a count. */
  readonly writeOut?: boolean;
}

export class Checker {
  #document: GraphDocument | undefined;
  #checked: Checked | undefined;
  readonly #states = new Map<string, NodeState>();
  readonly #wires = new WireIndex();
  readonly #ranks = new Ranks();
  /** Sets of nodes that feed each other. */
  #loops: readonly (readonly NodeState[])[] = [];
  readonly #propagation: Propagation;
  readonly #sizes: Sizes;
  readonly #faulty = new Set<NodeState>();
  /** The symbol that each data set takes its batch size from. */
  readonly #batches = new Map<string, string>();
  /** All of these symbols; undefined when they must be gathered anew. */
  #batchSymbols: ReadonlySet<string> | undefined;
  readonly #structure = new Structure();
  readonly #tellsStructure: boolean;
  readonly #results = new ResultStore();
  readonly #registryOf: (document: GraphDocument) => Registry;
  readonly #flat: Elaborator;
  #dims: GraphDocument['dims'] = {};
  readonly #uses = new BlockUses();

  /**
   * `structure`: whether to tell what is odd about the graph as a whole; trials that ask for errors do
   * without. `registry`: the node types of a document; those of the product unless others are given.
   */
  constructor({ structure = true, registry = registryOf, writeOut = false }: CheckerOptions = {}) {
    this.#tellsStructure = structure;
    this.#registryOf = registry;
    this.#flat = new Elaborator(registry, { writeOut });
    this.#propagation = new Propagation(this.#flat);
    this.#sizes = this.#propagation.sizes;
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
    const stale = new Set(changed);
    for (const state of this.#namingMovedDims(oldDims, flat.dims)) stale.add(state);
    if (edges.size > 0 || appeared.size > 0 || gone.length > 0) {
      const ends = [...Array.from(appeared, ({ id }) => id), ...gone];
      const rewired = this.#wires.update(edges, this.#edgeAt, this.#isNode, ends);
      for (const state of this.#connect(rewired, appeared)) stale.add(state);
    }

    for (const state of stale) this.#resolve(state);
    const ported = new Set(stale);
    for (const state of changed) for (const reader of state.readers) ported.add(reader);
    for (const state of ported) this.#checkPorts(state);
    this.#batchSymbols ??= new Set(this.#batches.values());
    const isFaultMoved = this.#sizes.bind(this.#dims, this.#batchSymbols);
    const visited = this.#propagation.infer(stale);
    const moved = this.#propagation.solve();
    const unsound = isFaultMoved ? this.#faultyBySize() : noStates;
    for (const states of [visited, ported, moved, unsound]) this.#show(states);
    for (const path of uses) this.#uses.show(path, flat.use(path), this.#stateAt, this.#results);
    this.#checked = this.#result(document);
    this.#propagation.tidy(this.#states);
    return this.#checked;
  }

  readonly #isNode = (id: string): boolean => this.#states.has(id);
  readonly #edgeAt = (key: string) => this.#flat.edge(key);
  readonly #stateAt = (path: PathText): NodeState | undefined => this.#states.get(path);

  /** Takes in which nodes came, went or changed. */
  #readNodes(paths: ReadonlySet<PathText>) {
    const changed: NodeState[] = [];
    const appeared = new Set<NodeState>();
    const gone: string[] = [];
    for (const id of paths) {
      const node = this.#flat.node(id);
      let state = this.#states.get(id);
      if (!node) {
        if (state) gone.push(id);
        if (state) this.#forget(state);
        continue;
      }
      if (!state) {
        state = new NodeState(id, this.#results.slotOf(id), node);
        this.#states.set(id, state);
        appeared.add(state);
      }
      changed.push(state);
    }
    return { changed, appeared, gone };
  }

  #forget(state: NodeState): void {
    const { id } = state;
    this.#states.delete(id);
    this.#faulty.delete(state);
    if (this.#batches.delete(id)) this.#batchSymbols = undefined;
    this.#propagation.forget(state);
    this.#structure.forget(state);
    this.#results.forget(state);
  }

  /** Nodes that name a symbol which was declared, undeclared, freed or fixed. */
  #namingMovedDims(before: GraphDocument['dims'], now: GraphDocument['dims']): NodeState[] {
    if (before === now) return [];
    const kind = (dim: Dim | undefined) => dim && (dimSize(dim) === undefined ? 'free' : 'fixed');
    const at = (dims: GraphDocument['dims'], name: string) =>
      Object.hasOwn(dims, name) ? dims[name] : undefined;
    const names = new Set([...Object.keys(before), ...Object.keys(now)]);
    const moved = [...names].filter((name) => kind(at(before, name)) !== kind(at(now, name)));
    if (moved.length === 0) return [];
    this.#propagation.kinds.forgetInferences();
    return [...this.#states.values()].filter(({ lastInferred }) =>
      moved.some((name) => lastInferred?.symbols.has(name)),
    );
  }

  /** Ties nodes to their neighbours and keeps them in order; gives those whose wires or loops changed. */
  #connect({ targets, sources }: Rewired, appeared: ReadonlySet<NodeState>): Set<NodeState> {
    const at = (id: string) => this.#states.get(id) as NodeState;
    const among = (ids: ReadonlySet<string>): Set<NodeState> => {
      const found = new Set<NodeState>();
      for (const id of ids) if (this.#states.has(id)) found.add(at(id));
      for (const state of appeared) found.add(state);
      return found;
    };
    const touched = among(targets);
    // All old wires go before any new one comes: a wire may have moved from one node to another.
    for (const state of touched) this.#results.removeWires(state.incoming);
    for (const state of touched) {
      const { wires, diagnostics } = this.#wires.into(state.id, this.#flat.inside(state.id));
      state.wires = wires;
      state.wireDiagnostics = diagnostics;
      state.incoming = this.#incoming(wires);
      state.sources = this.#wires.sourcesOf(state.id).map(at);
      this.#results.addWires(state.incoming);
    }
    for (const state of among(sources)) {
      state.readers = this.#wires.readersOf(state.id).map(at);
      // Of what kind a new node is will be known when it is resolved.
      if (!appeared.has(state)) this.#structure.note(state);
    }

    const isLoose = this.#loops.length > 0 && targets.size > 0;
    const isMuch = appeared.size * 4 > this.#states.size;
    const isOrdered = !isLoose && !isMuch && this.#ranks.place(appeared) && this.#follow(touched);
    if (!isOrdered) for (const state of this.#orderAnew()) touched.add(state);
    return touched;
  }

  /** Ranks nodes after what they read now; false where there may be a loop. */
  #follow(states: Iterable<NodeState>): boolean {
    for (const state of states)
      for (const source of state.sources) if (!this.#ranks.link(source, state)) return false;
    return true;
  }

  /** Gives the nodes that came into a loop or out of one. */
  #orderAnew(): NodeState[] {
    const before = new Set(this.#loops.flat());
    this.#loops = this.#ranks.rebuild(this.#states.values());
    const now = new Set(this.#loops.flat());
    for (const state of before) state.isLooped = false;
    for (const state of now) state.isLooped = true;
    return [...before, ...now].filter(
      (state) => before.has(state) !== now.has(state) && this.#states.get(state.id) === state,
    );
  }

  #resolve(state: NodeState): void {
    const { id } = state;
    const node = this.#flat.node(id) as GraphNode;
    const inside = this.#flat.inside(id);
    const before = state.resolved;
    const registry = this.#registryOf(this.#document as GraphDocument);
    const { resolved, diagnostics } = resolveNode(
      id,
      node,
      state.wires,
      registry,
      this.#propagation.kinds,
      inside,
      state,
    );
    state.node = node;
    state.resolved = resolved;
    const misplaced = trainsInRepeat(resolved, inside, this.#document as GraphDocument);
    state.resolveDiagnostics = [...diagnostics, ...this.#flat.faults(id), ...misplaced];
    state.reads = resolved && readsOf(state, resolved);
    state.memo = state.reads && resolved?.kind.memoOf(state.reads.map(({ port }) => port));
    state.isSolvedStale = true;
    this.#noteLearning(state);
    if (resolved?.params !== before?.params) this.#describe(state);
    const { dataset, followsOptimizer } = resolved?.definition ?? {};
    if (dataset ?? followsOptimizer ?? resolved?.definition !== before?.definition)
      this.#structure.note(state);
    this.#structure.rename();
    const { incoming, wires } = state;
    const summary = resolved?.definition.summary?.(resolved.params, Object.keys(wires)) ?? '';
    const drawn = inside?.port && registry.of(node);
    const { inputs, outputs } = (drawn ?? resolved ?? {}) as ResolvedNode;
    this.#results.setInterface(state, resolved && { inputs, outputs, summary, incoming });
  }

  #noteLearning(state: NodeState): void {
    const { definition, params } = state.resolved ?? {};
    const learns = definition?.learns?.(params, Object.keys(state.wires)) ?? false;
    if (learns === state.learns) return;
    state.learns = learns;
    this.#structure.note(state);
  }

  /** What follows from a node's parameters alone. */
  #describe(state: NodeState): void {
    const { definition, params } = state.resolved ?? {};
    if (this.#batches.delete(state.id)) this.#batchSymbols = undefined;
    const data = definition?.dataset?.(params);
    const batch = data && batchSymbol(data.batch, this.#flat.inside(state.id)?.scope);
    if (batch === undefined) return;
    this.#batchSymbols = undefined;
    this.#batches.set(state.id, batch);
  }

  /** Names that stand on every object are no ports: they come from the user. */
  #incoming(wires: Wires): Incoming[] {
    const found: Incoming[] = [];
    for (const port in wires) {
      const { edge, from } = wires[port] as Wires[string];
      const source = this.#states.get(from.node);
      const isPort = !(port in Object.prototype || from.port in Object.prototype);
      if (source && isPort) found.push({ port, edge, source, output: from.port });
    }
    return found;
  }

  #checkPorts(state: NodeState): void {
    const nodeAt = (other: string) => this.#states.get(other)?.resolved;
    const { id, resolved } = state;
    const hangsAt = (port: string) => this.#wires.hangsAt(id, port);
    state.portDiagnostics = resolved
      ? checkPorts(this.#document as GraphDocument, resolved, this.#flat.inside(id), nodeAt, hangsAt)
      : noDiagnostics;
  }

  /** Nodes of which something is, or was, wrong with sizes. */
  #faultyBySize(): NodeState[] {
    const { binding } = this.#sizes;
    const found: NodeState[] = [];
    for (const state of this.#states.values()) {
      if (state.isSound && binding.areSound(state.solvedOutputs)) continue;
      state.isSolvedStale = true;
      found.push(state);
    }
    return found;
  }

  /** Brings the answer up to date for these nodes. */
  #show(visited: Iterable<NodeState>): void {
    const document = this.#document as GraphDocument;
    for (const state of visited) {
      this.#structure.touch(state);
      this.#propagation.solveOutputs(state, document);
      this.#results.setOutputs(state);
      if (state.isFaulty) this.#faulty.add(state);
      else this.#faulty.delete(state);
    }
  }

  #result(document: GraphDocument): Checked {
    const { nodes, edges } = this.#results.version(this.#sizes.binding);
    return new CheckResult(nodes, edges, this.#diagnostics(document, nodes), () => this.#orderOf(document));
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
  #diagnostics(document: GraphDocument, nodes: Checked['nodes']): readonly Diagnostic[] {
    const found = this.#wires.dangling(this.#isNode, (edges, end, direction) =>
      this.#gonePort(document, edges, end, direction),
    );
    const asked = new Set<string>();
    for (const state of [...this.#faulty].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      found.push(...state.diagnostics);
      for (const { diagnostic, question } of state.openFaults) {
        if (!asked.has(question)) found.push(diagnostic);
        asked.add(question);
      }
    }
    if (this.#loops.length > 0) found.push(...tellLoops(this.#loops, document));
    const { solver } = this.#sizes;
    const conflicts = solver.conflicts();
    const { sizes, provenance } = this.#propagation;
    const context = { document, solver, sizes, provenance, state: this.#stateAt, flat: this.#flat };
    if (conflicts.length > 0) found.push(...tellConflicts(conflicts, context));
    found.push(...unusedRecursions(document));
    if (this.#tellsStructure && !found.some(isError)) found.push(...this.#structure.tell(context));
    if (this.#tellsStructure) found.push(...tellLesson({ document, checked: { nodes, diagnostics: found } }));
    return found.length === 0 ? noDiagnostics : found;
  }

  /** A wire to a port that a block has lost. */
  #gonePort(document: GraphDocument, edges: readonly string[], end: PortRef, direction: 'input' | 'output') {
    const definition = this.#flat.use(end.node)?.definition;
    if (!definition) return undefined;
    const specs = direction === 'input' ? definition.inputs : definition.outputs;
    return unknownPort(document, edges, end, direction, specs as readonly PortSpec[]);
  }

  /** What lowering needs of the document checked last. */
  knowledge() {
    const document = this.#document as GraphDocument;
    const flat = this.#flat;
    return {
      document,
      flat,
      order: this.#orderOf(document),
      isLooped: (id: string) => this.#states.get(id)?.isLooped === true,
      sizes: this.#sizes,
      diagnostics: this.#checked?.diagnostics ?? noDiagnostics,
      node: (id: string) => this.#states.get(id)?.resolved,
      inferred: (id: string) => this.#states.get(id)?.inferred,
      hasError: (id: string) => (this.#states.get(id) as NodeState).hasError,
    };
  }
}
