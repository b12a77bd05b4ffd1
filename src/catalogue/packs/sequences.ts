/** Layers of sequences: recurrence, attention, positions. */
import type { AnyNodeDefinition } from '../define.ts';
import { gru } from '../nodes/gru.ts';
import { lstm } from '../nodes/lstm.ts';
import { multiHeadAttention } from '../nodes/multi-head-attention.ts';

export const sequences: readonly AnyNodeDefinition[] = [gru, lstm, multiHeadAttention];
