/**
 * Carries types down from where they change, each node once, as far as they change. What one node was found
 * to give holds for all of its kind with inputs of the same types, so most nodes are looked up and not inferred.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Statement } from '../../tensor/unify.ts';
import type { Elaborator } from '../elaborate/elaborator.ts';
import { Inference } from './infer-node.ts';
import type { Inferred, Provenance } from './inferred.ts';
import { type NodeKind, NodeKinds } from './node-kinds.ts';
import { type Incoming, inputTypes, type NodeState, sameTypes } from './node-state.ts';
import { Provenances } from './provenance.ts';
import type { ResolvedNode } from './resolve.ts';
import { solveOutputs } from './show.ts';
import { Sizes } from './sizes.ts';
import { Worklist } from './worklist.ts';

const none: readonly never[] = [];
/** Types that are kept before it is asked which are in use. */
const leastKept = 4096;

export class Propagation {
  readonly sizes = new Sizes();
  readonly kinds = new NodeKinds();
  #mostKept = leastKept;
  readonly #flat: Elaborator;
  readonly #inference: Inference;
  readonly #provenances = new Provenances();
  /** Nodes whose outputs are written with an unknown. */
  readonly #writtenWith = new Map<string, Set<NodeState>>();

  constructor(flat: Elaborator) {
    this.#flat = flat;
    this.#inference = new Inference((types) => this.sizes.types.internAll(types));
  }

  /** Infers from the stale nodes down; gives the nodes that were looked at. */
  infer(stale: ReadonlySet<NodeState>): NodeState[] {
    const visited: NodeState[] = [];
    const waiting = new Worklist();
    for (const state of stale) waiting.add(state);
    for (let state = waiting.take(); state; state = waiting.take()) {
      visited.push(state);
      if (this.#inferOne(state, stale.has(state))) for (const reader of state.readers) waiting.add(reader);
    }
    return visited;
  }

  /** Infers a node's types; true when what is below must look again. */
  #inferOne(state: NodeState, isStale: boolean): boolean {
    const { isInferred: wasInferred, lastInferred: last, lastOutputs: before, resolved } = state;
    const inferred = state.isLooped || !resolved ? undefined : this.#inferred(state, resolved, isStale);
    state.isInferred = inferred !== undefined;
    if (!inferred) {
      if (isStale) state.lastInferred = undefined;
      this.#tellSolver(state, none);
      return wasInferred;
    }
    this.#tellSolver(state, inferred.statements);
    if (!wasInferred) state.isSolvedStale = true;
    if (inferred === last) return !wasInferred;
    state.lastInferred = inferred;
    // Where a size came from decides what is said of it.
    if (!state.isSound) state.isSolvedStale = true;
    if (sameTypes(inferred.outputs, before)) return !wasInferred;
    state.lastOutputs = inferred.outputs;
    state.isSolvedStale = true;
    this.#setUnknowns(state, this.sizes.types.unknownsOf(state.lastOutputs));
    return true;
  }

  /** What the node gives: as it was, as a node like it gave, or inferred; undefined while inputs have no type. */
  #inferred(state: NodeState, resolved: ResolvedNode, isStale: boolean): Inferred | undefined {
    const { reads, memo, lastInferred: last } = state;
    if (!reads) return undefined;
    let at = memo;
    let isSame = last !== undefined && !isStale;
    for (const { port, source, output } of reads) {
      const type = source.output(output);
      if (!type) return undefined;
      at = at?.get(type);
      isSame &&= last?.inputs[port] === type;
    }
    if (at?.inferred) return at.inferred;
    if (isSame) return last;
    const inputs = inputTypes(reads) ?? {};
    const fresh = this.#inference.run(resolved, inputs, this.#flat.dims, this.#flat.inside(state.id)?.scope);
    if (memo && fresh.isShared) remember(memo, reads, fresh);
    return fresh;
  }

  #tellSolver(state: NodeState, statements: readonly Statement[]): void {
    if (statements === state.stated || (statements.length === 0 && state.stated.length === 0)) return;
    state.stated = statements;
    this.sizes.solver.state(state.id, statements);
  }

  /** Remembers with which unknowns a node's outputs are written. */
  #setUnknowns(state: NodeState, unknowns: readonly string[]): void {
    const before = state.unknowns;
    if (before === unknowns || (before.length === 0 && unknowns.length === 0)) return;
    state.unknowns = unknowns;
    for (const name of before) this.#writtenWith.get(name)?.delete(state);
    for (const name of unknowns) {
      const states = this.#writtenWith.get(name);
      if (states) states.add(state);
      else this.#writtenWith.set(name, new Set([state]));
    }
  }

  /** Forgets a node that is gone. */
  forget(state: NodeState): void {
    this.#tellSolver(state, none);
    this.#setUnknowns(state, none);
  }

  /** Solves what has been stated; gives the nodes whose sizes moved with others. */
  solve(): NodeState[] {
    const moved: NodeState[] = [];
    for (const name of this.sizes.solve())
      for (const state of this.#writtenWith.get(name) ?? none) {
        state.isSolvedStale = true;
        moved.push(state);
      }
    return moved;
  }

  /** Brings up to date what is known of a node's outputs. */
  solveOutputs(state: NodeState, document: GraphDocument): void {
    if (!state.isInferred || !state.isSolvedStale) return;
    state.isSolvedStale = false;
    solveOutputs(state, document, this.sizes, this.provenance);
  }

  /** Drops what is kept of types that no node has any more, once it is much. */
  tidy(states: ReadonlyMap<string, NodeState>): void {
    if (this.sizes.kept < this.#mostKept) return;
    this.sizes.forget();
    this.kinds.forgetInferences();
    const used = new Set<NodeKind>();
    for (const { resolved, lastOutputs, solvedOutputs } of states.values()) {
      if (resolved) used.add(resolved.kind);
      this.sizes.types.internAll(lastOutputs);
      this.sizes.types.internAll(solvedOutputs);
    }
    this.kinds.retain(used);
    this.#mostKept = leastKept + 4 * this.sizes.kept;
  }

  /** Where the sizes of a node's outputs and statements come from; undefined while it gives nothing. */
  provenance = (state: NodeState): Provenance | undefined => {
    const { id, inferred, resolved, reads, memo } = state;
    if (!inferred || !resolved) return undefined;
    // Symbols may mean something else where they are named elsewhere.
    let at = inferred.symbols.size === 0 ? memo : undefined;
    for (const { port } of reads ?? none) at = at?.with(inferred.inputs[port] as TensorType);
    return this.#provenances.of(resolved, inferred, at, this.#flat.dims, this.#flat.inside(id)?.scope);
  };
}

function remember(start: NonNullable<NodeState['memo']>, reads: readonly Incoming[], fresh: Inferred): void {
  let memo = start;
  for (const { port } of reads) memo = memo.with(fresh.inputs[port] as TensorType);
  memo.inferred = fresh;
}
