/**
 * Functions within functions: whoever evaluates the outer one evaluates the inner ones again, so that the program
 * grows by the product of all, and compiling it would take hours before anything runs.
 */
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { definitionOf, dependsOn, isOneOf, wireAt } from './depends-on.ts';
import type { HeldBackContext } from './held-back.ts';
import type { NodeState } from './node-state.ts';
import { above } from './reach.ts';
import { nameOf } from './resolve.ts';

/** Five Runge–Kutta integrators within one another, or two searches for eigenvalues, compile in about a second. */
const mostTimes = 1024;

export function tellNestedFunctions(functions: readonly NodeState[], context: HeldBackContext): Diagnostic[] {
  const known = new Map<NodeState, number>();

  /** How many times as large as what is drawn the program gets by a node and all that it evaluates. */
  function timesOf(state: NodeState): number {
    const found = known.get(state);
    if (found !== undefined) return found;
    // A loop of the drawing is told elsewhere.
    known.set(state, 1);
    const inner = innerOf(state, functions, context).map(timesOf);
    const times = (definitionOf(state)?.evaluates?.times ?? 1) * Math.max(1, ...inner);
    known.set(state, times);
    return times;
  }

  const tooLarge = functions.filter((state) => timesOf(state) > mostTimes);
  // The innermost that is too large: those around it are, because it is.
  const first = tooLarge.find((state) => !innerOf(state, tooLarge, context).some((g) => g !== state));
  if (!first) return [];
  return [diagnose('functions-nested', { node: first.id }, { node: nameOf(context.document, first.id) })];
}

/** The nodes among these that a function evaluates at each of its points. */
function innerOf(
  state: NodeState,
  among: readonly NodeState[],
  context: HeldBackContext,
): readonly NodeState[] {
  const { evaluates } = definitionOf(state) ?? {};
  const of = wireAt(state, evaluates?.of);
  if (!of) return [];
  const by = evaluates?.by.flatMap((port) => wireAt(state, port) ?? []) ?? [];
  const isVariable = isOneOf(by);
  if (isVariable(of)) return [];
  const isFound = above([of.source], (_, wire) => !isVariable(wire), context);
  const found = among.filter((other) => other !== state && isFound(other));
  // What does not depend on the variables is computed once.
  const varies = ({ incoming }: NodeState) =>
    by.length === 0 || incoming.some((wire) => dependsOn(wire, by, () => true, context));
  return found.filter(varies);
}
