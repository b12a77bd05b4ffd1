/** Where samples are drawn from a model. */
import type { AnyNodeDefinition } from '../define.ts';
import { prior } from '../nodes/prior.ts';

export const priors: readonly AnyNodeDefinition[] = [prior];
