/** The checkers that trials are made with: each looks only at what a trial changes of the document that it has seen. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { createChecker } from '../compiler/index.ts';
import type { Check } from './editor-types.ts';

export const trials = createChecker();
/** Whether a wire fits is a question of errors alone. */
export const errorTrials = createChecker({ structure: false });

/** A checker that has seen the document. */
export function prepared(check: Check, document: GraphDocument): Check {
  check(document);
  return check;
}
