/** What the Plan panel asks for: fetched when it first asks. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { describePlan } from '../compiler/describe-plan.ts';
import { costsOf } from '../compiler/graph-costs.ts';
import { describeNetworks, describePairs } from '../compiler/networks/describe-networks.ts';
import type { Compiled } from '../compiler/types.ts';

export { improve } from './improve.ts';
export { followPath, lookForPath } from './paths.ts';

/**
 * `joining`: the document's pairs of networks that could be one, as `describePairs` takes them. `priced`: the document,
 * where its costs are asked for too; those of what is shown would count all that is kept to be looked at.
 */
export function describe(
  compiled: Compiled,
  joining: Parameters<typeof describePairs>[1],
  priced: GraphDocument | undefined,
) {
  const { kind, plan, program } = compiled.train ?? compiled.forward;
  return {
    ...describePlan(plan, program),
    networks: describeNetworks(compiled),
    pairs: describePairs(compiled, joining),
    kind,
    ...(priced && { costs: costsOf(priced, { dtype: plan.dtype, partial: true }).value }),
  };
}
