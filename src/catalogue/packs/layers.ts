/** Layers that only some networks have: convolutions, pooling, recurrence, tables and attention. */
import type { AnyNodeDefinition } from '../define.ts';
import { attention } from '../nodes/attention.ts';
import { averagePool } from '../nodes/average-pool.ts';
import { conv1d } from '../nodes/conv1d.ts';
import { conv2d } from '../nodes/conv2d.ts';
import { embedding } from '../nodes/embedding.ts';
import { maxPool } from '../nodes/max-pool.ts';
import { recurrent } from '../nodes/recurrent.ts';

export const layers: readonly AnyNodeDefinition[] = [
  embedding,
  conv1d,
  conv2d,
  maxPool,
  averagePool,
  recurrent,
  attention,
];
