/** The node whose expression is typed: by itself, for it brings its parser. */
import type { AnyNodeDefinition } from '../define.ts';
import { formula } from '../nodes/formula.ts';

export const formulas: readonly AnyNodeDefinition[] = [formula];
