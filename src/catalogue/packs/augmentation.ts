/** What is done to data while training alone. */
import type { AnyNodeDefinition } from '../define.ts';
import { augment } from '../nodes/augment.ts';

export const augmentation: readonly AnyNodeDefinition[] = [augment];
