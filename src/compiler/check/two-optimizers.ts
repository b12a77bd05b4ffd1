/** Parameters that several optimizers would change: a step has one new value for each. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { joinNames } from '../../base/text.ts';
import type { NodeState } from './node-state.ts';
import { above, passesGradient, type Reach } from './reach.ts';
import { nameOf } from './resolve.ts';

const mostNames = 3;

/** `optimizers`: in an order that does not tell how the document came about. Told at the later of two. */
export function tellTwoOptimizers(
  optimizers: readonly NodeState[],
  learning: ReadonlySet<NodeState>,
  context: Reach & { readonly document: GraphDocument },
): Diagnostic[] {
  if (optimizers.length < 2) return [];
  const { document } = context;
  const by = new Map<NodeState, NodeState>();
  return optimizers.flatMap((optimizer) => {
    const isTrained = above([optimizer], passesGradient, context);
    const trained = [...learning].filter(isTrained);
    const shared = trained.filter((state) => by.has(state)).sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const state of trained) if (!by.has(state)) by.set(state, optimizer);
    const [first] = shared;
    if (!first) return [];
    const other = by.get(first) as NodeState;
    const names = shared.slice(0, mostNames).map(({ id }) => nameOf(document, id));
    const values = {
      first: nameOf(document, other.id),
      second: nameOf(document, optimizer.id),
      parameter: joinNames(names, shared.length - names.length),
    };
    return diagnose('two-optimizers', { node: optimizer.id }, values, {
      related: [{ node: other.id }, ...shared.map(({ id }) => ({ node: id }))],
    });
  });
}
