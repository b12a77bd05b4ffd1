/** What the Plan panel asks for: fetched when it first asks. */
import { describePlan } from '../compiler/describe-plan.ts';
import { describeNetworks, describePairs } from '../compiler/networks/describe-networks.ts';
import type { Compiled } from '../compiler/types.ts';

export { improve } from './improve.ts';
export { followPath, lookForPath } from './paths.ts';

/** `joining`: the document's pairs of networks that could be one, as `describePairs` takes them. */
export function describe(compiled: Compiled, joining: Parameters<typeof describePairs>[1]) {
  const { kind, plan, program } = compiled.train ?? compiled.forward;
  return {
    ...describePlan(plan, program),
    networks: describeNetworks(compiled),
    pairs: describePairs(compiled, joining),
    kind,
  };
}
