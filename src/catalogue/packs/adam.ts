/** Adam and AdamW: by themselves, for most documents that train have one of them, and older ones may become the other. */
import type { AnyNodeDefinition } from '../define.ts';
import { adam } from '../nodes/adam.ts';
import { adamw } from '../nodes/adamw.ts';

export const adams: readonly AnyNodeDefinition[] = [adam, adamw];
