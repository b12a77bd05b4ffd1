/** What classifiers are trained and judged by: by themselves, for most documents with classes have nothing else of this kind. */
import type { AnyNodeDefinition } from '../define.ts';
import { accuracy } from '../nodes/accuracy.ts';
import { crossEntropy } from '../nodes/cross-entropy.ts';

export const classification: readonly AnyNodeDefinition[] = [crossEntropy, accuracy];
