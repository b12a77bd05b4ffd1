/**
 * What is odd about a graph as a whole, though every part of it is right: results that nobody reads,
 * parameters that no step changes, gradients that are zero everywhere, functions that are constant. It is told only of graphs
 * without errors: while one is being wired, loose ends are no mistake.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { joinNames, type Text, text } from '../../base/text.ts';
import type { Category } from '../../catalogue/index.ts';
import { definitionOf, dependsOn, wireAt } from './depends-on.ts';
import { tellFollowed } from './followed-optimizer.ts';
import { HeldBack, type HeldBackContext } from './held-back.ts';
import { tellNestedFunctions } from './nested-functions.ts';
import type { Incoming, NodeState } from './node-state.ts';
import { above, passesGradient } from './reach.ts';
import { nameOf } from './resolve.ts';
import { tellTwoOptimizers } from './two-optimizers.ts';

/** Nodes of these kinds are what a graph is for: nothing needs to read them. */
const ends: readonly Category[] = ['loss', 'optimizer', 'metric', 'check', 'output', 'picture'];

const isEnd = (state: NodeState): boolean => ends.includes(definitionOf(state)?.category ?? 'tensor');

/** Sorted: the order must not tell how the document came about. */
const byId = (states: Iterable<NodeState>): NodeState[] => [...states].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Keeps the few nodes that matter to it apart, so that an edit need not look for them among all. */
export class Structure {
  readonly #ends = new Set<NodeState>();
  /** Nothing reads them, though they are no ends. */
  readonly #loose = new Set<NodeState>();
  readonly #learning = new Set<NodeState>();
  readonly #optimizers = new Set<NodeState>();
  readonly #derivatives = new Set<NodeState>();
  readonly #functions = new Set<NodeState>();
  /** Checks that may be about an optimizer. */
  readonly #following = new Set<NodeState>();
  /** Those that take mean and variance over axes. */
  readonly #averaging = new Set<NodeState>();
  readonly #heldBack = new HeldBack();
  /** Undefined when it must be looked at anew. */
  #told: readonly Diagnostic[] | undefined;

  /** Takes in a node that is of another type than before, or has other wires. */
  note(state: NodeState): void {
    const definition = definitionOf(state);
    const isOwn = definition?.transparent !== true;
    put(this.#ends, state, isEnd(state));
    put(this.#loose, state, isOwn && state.readers.length === 0 && !isEnd(state));
    put(this.#learning, state, state.learns);
    put(this.#optimizers, state, definition?.trains === true);
    put(this.#derivatives, state, definition?.differentiates !== undefined);
    put(this.#functions, state, definition?.evaluates !== undefined);
    put(this.#following, state, definition?.followsOptimizer !== undefined);
    put(this.#averaging, state, definition?.averages !== undefined);
    this.#heldBack.note(state);
    this.#told = undefined;
  }

  forget(state: NodeState): void {
    const sets = [this.#ends, this.#loose, this.#learning, this.#optimizers, this.#derivatives];
    for (const set of [...sets, this.#functions, this.#following, this.#averaging]) set.delete(state);
    this.#heldBack.forget(state);
    this.#told = undefined;
  }

  /** Takes in a node whose types were inferred anew. */
  touch(state: NodeState): void {
    this.#heldBack.touch(state);
    // Through which inputs gradients pass may follow from their types.
    if (typeof definitionOf(state)?.detached === 'function') this.#told = undefined;
  }

  /** A node may be called otherwise now: names stand in what has been told. */
  rename(): void {
    if (this.#told?.length) this.#told = undefined;
  }

  tell(context: HeldBackContext): readonly Diagnostic[] {
    const { document } = context;
    this.#told ??= [
      ...tellTwoOptimizers(byId(this.#optimizers), this.#learning, context),
      ...tellFollowed(byId(this.#following), byId(this.#optimizers), context),
      ...tellTraining(byId(this.#optimizers), this.#learning, context),
      ...byId(this.#derivatives).flatMap((state) => tellZeroGradient(state, context)),
      ...byId(this.#functions).flatMap((state) => tellConstantFunction(state, context)),
      ...tellNestedFunctions(byId(this.#functions), context),
      ...(this.#ends.size > 0 ? tellUnused(byId(this.#loose), document) : []),
    ];
    if (this.#optimizers.size === 0) return this.#told;
    // Without training there is no evaluation: the graph is computed as it stands.
    const ofSizes = [
      ...this.#heldBack.tell(context),
      ...byId(this.#averaging).flatMap((state) => tellStatisticsOfOne(state, context)),
    ];
    return ofSizes.length === 0 ? this.#told : [...ofSizes, ...this.#told];
  }
}

function put(set: Set<NodeState>, state: NodeState, belongs: boolean): void {
  if (belongs) set.add(state);
  else set.delete(state);
}

/** Whether a gradient of what a node reads reaches a parameter. */
function reachesParameter(state: NodeState, context: HeldBackContext): boolean {
  let learns = false;
  above(
    [state],
    (reader, wire) => {
      const follows = passesGradient(reader, wire);
      learns ||= follows && wire.source.learns;
      return follows && !learns;
    },
    context,
  );
  return learns;
}

const tellNoParameters = ({ id }: NodeState, { document }: HeldBackContext): Diagnostic =>
  diagnose('no-parameters', { node: id }, { node: nameOf(document, id) });

/** Optimizers without parameters, and parameters without gradient. */
function tellTraining(
  optimizers: readonly NodeState[],
  learning: ReadonlySet<NodeState>,
  context: HeldBackContext,
): Diagnostic[] {
  const { document } = context;
  const found = optimizers
    .filter((optimizer) => !reachesParameter(optimizer, context))
    .map((optimizer) => tellNoParameters(optimizer, context));
  if (optimizers.length === 0) return found;
  const isTrained = above(optimizers, passesGradient, context);
  // What nothing reads is told as unused.
  const idle = byId([...learning].filter((state) => !isTrained(state) && state.readers.length > 0));
  if (idle.length === 0) return found;
  const isUsed = above(optimizers, () => true, context);
  const cut = idle.filter(isUsed);
  const apart = idle.filter((state) => !isUsed(state));
  if (cut.length > 0) found.push(tellIdle('gradient-blocked', cut, document));
  if (apart.length > 0) found.push(tellIdle('no-gradient', apart, document));
  return found;
}

/** Told once for all: a whole branch is most often cut off at one place. */
function tellIdle(
  code: 'no-gradient' | 'gradient-blocked',
  idle: readonly NodeState[],
  document: GraphDocument,
): Diagnostic {
  const [first, ...others] = idle;
  const values = { nodes: namesOf(idle, document) };
  return diagnose(code, { node: (first as NodeState).id }, values, {
    related: others.map(({ id }) => ({ node: id })),
  });
}

const mostNames = 3;
const namesOf = (states: readonly NodeState[], document: GraphDocument): Text =>
  joinNames(
    states.slice(0, mostNames).map(({ id }) => nameOf(document, id)),
    states.length - mostNames,
  );

/** A mean and variance of one element for each channel, under the sizes of training. */
function tellStatisticsOfOne({ id, resolved, inferred }: NodeState, context: HeldBackContext): Diagnostic[] {
  const { sizes, document } = context;
  if (!resolved?.definition.averages || !inferred) return [];
  const axes = resolved.definition.averages(resolved.params, inferred.inputs);
  if (!axes.every((axis) => sizes.boundBy(axis, sizes.dims) === 1)) return [];
  const shown = axes.map(({ name }) => `${name} = 1`).join(', ');
  return [
    diagnose('statistics-of-one', { node: id, port: 'x' }, { node: nameOf(document, id), axes: shown }),
  ];
}

/** A derivative by something that the function does not depend on. */
function tellZeroGradient(state: NodeState, context: HeldBackContext): Diagnostic[] {
  const { differentiates } = definitionOf(state) ?? {};
  const [of, by] = [wireAt(state, differentiates?.of), wireAt(state, differentiates?.by)];
  if (!of || !by || dependsOn(of, [by], passesGradient, context)) return [];
  return [diagnose('gradient-zero', ...toldOf(state, of, by, context))];
}

/** A function that is evaluated at other points and is the same at each. */
function tellConstantFunction(state: NodeState, context: HeldBackContext): Diagnostic[] {
  const { evaluates } = definitionOf(state) ?? {};
  const of = wireAt(state, evaluates?.of);
  const by = evaluates?.by.flatMap((port) => wireAt(state, port) ?? []) ?? [];
  const [first] = by;
  // A function of no wire is one of parameters, which are followed outside of repeats.
  const isRepeated = context.flat.inside(state.id)?.iterations.length;
  if (of && !first && (isRepeated || !reachesParameter(state, context)))
    return [tellNoParameters(state, context)];
  if (!of || !first || dependsOn(of, by, () => true, context)) return [];
  return [diagnose('function-constant', ...toldOf(state, of, first, context))];
}

function toldOf(state: NodeState, of: Incoming, by: Incoming, { document }: HeldBackContext) {
  const names = { of: nameOf(document, of.source.id), by: nameOf(document, by.source.id) };
  const related = [{ edge: of.edge }, { node: by.source.id }];
  return [{ node: state.id, port: by.port, edge: by.edge }, names, { related }] as const;
}

/** Where a branch ends in nothing, in a graph that is otherwise for something. */
function tellUnused(loose: readonly NodeState[], document: GraphDocument): Diagnostic[] {
  return loose.map(({ id }) => {
    const node = nameOf(document, id);
    const title = text(`Delete ${node.en}`, `删除${node.zh}`);
    const fixes = [{ title, edits: [{ edit: 'removeNode', node: id } as const] }];
    return diagnose('unused', { node: id }, { node }, { fixes });
  });
}
