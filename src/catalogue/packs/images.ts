/** Node types that make images and sequences larger, or of one size: what generators and segmenters are made of. */
import type { AnyNodeDefinition } from '../define.ts';
import { adaptivePool } from '../nodes/adaptive-pool.ts';
import { transposedConv1d } from '../nodes/transposed-conv1d.ts';
import { transposedConv2d } from '../nodes/transposed-conv2d.ts';
import { upsample } from '../nodes/upsample.ts';

export const images: readonly AnyNodeDefinition[] = [
  adaptivePool,
  transposedConv1d,
  transposedConv2d,
  upsample,
];
