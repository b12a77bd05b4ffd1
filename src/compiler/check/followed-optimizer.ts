/** Checks about an optimizer, where there is none that they could be about. */
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { definitionOf, isOneOf, wireAt } from './depends-on.ts';
import type { HeldBackContext } from './held-back.ts';
import type { NodeState } from './node-state.ts';
import { nameOf } from './resolve.ts';

/** `checks`: those that follow an optimizer. In a repeat there is none: an optimizer is about all of its iterations. */
export function tellFollowed(
  checks: readonly NodeState[],
  optimizers: readonly NodeState[],
  { document, flat }: HeldBackContext,
): Diagnostic[] {
  return checks.flatMap((check) => {
    const wire = wireAt(check, check.resolved?.definition.followsOptimizer?.(check.resolved.params));
    if (!wire) return [];
    const isSame = isOneOf([wire]);
    const trains = (optimizer: NodeState) => {
      const loss = wireAt(optimizer, 'loss');
      return loss !== undefined && isSame(loss);
    };
    const found = flat.inside(check.id)?.region ? [] : optimizers.filter(trains);
    if (found.some((optimizer) => definitionOf(optimizer)?.reading)) return [];
    const values = { check: nameOf(document, check.id), loss: nameOf(document, wire.source.id) };
    const place = { node: check.id, port: wire.port, edge: wire.edge };
    const [other] = found;
    if (!other) return diagnose('optimizer-missing', place, values);
    const optimizer = nameOf(document, other.id);
    return diagnose(
      'optimizer-unbounded',
      place,
      { ...values, optimizer },
      { related: [{ node: other.id }] },
    );
  });
}
