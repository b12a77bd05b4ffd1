/** Layers of sequences: recurrence, attention, positions, gates. */
import type { AnyNodeDefinition } from '../define.ts';
import { glu } from '../nodes/glu.ts';
import { gru } from '../nodes/gru.ts';
import { lstm } from '../nodes/lstm.ts';
import { multiHeadAttention } from '../nodes/multi-head-attention.ts';
import { positions } from '../nodes/positions.ts';
import { rotary } from '../nodes/rotary.ts';
import { structuredDropout } from '../nodes/structured-dropout.ts';

export const sequences: readonly AnyNodeDefinition[] = [
  gru,
  lstm,
  multiHeadAttention,
  positions,
  rotary,
  glu,
  structuredDropout,
];
