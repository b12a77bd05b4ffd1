/** What contractions cost: by itself, for it brings the search for contraction paths. */
import type { AnyNodeDefinition } from '../define.ts';
import { contractionCost } from '../nodes/contraction-cost.ts';

export const costs: readonly AnyNodeDefinition[] = [contractionCost];
