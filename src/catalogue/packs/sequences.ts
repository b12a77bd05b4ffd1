/** Layers of sequences: recurrence, attention, positions. */
import type { AnyNodeDefinition } from '../define.ts';
import { gru } from '../nodes/gru.ts';
import { lstm } from '../nodes/lstm.ts';

export const sequences: readonly AnyNodeDefinition[] = [gru, lstm];
