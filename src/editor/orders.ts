/**
 * Orders of contraction that the document keeps, as the editor treats them: what somebody chose is a change like
 * any other; what a search found in the background is not in the history, and goes along unchanged through it.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { replacePaths } from '../compiler/networks/kept-paths.ts';

/** The document with this order chosen for a network, or none. */
export function withChosen(
  document: GraphDocument,
  network: string,
  order: string | undefined,
): GraphDocument {
  const { [network]: _, ...others } = document.plan?.chosen ?? {};
  return replacePaths(document, 'chosen', order === undefined ? others : { ...others, [network]: order });
}

/** `next`, out of the history, with the found orders that the document has by now. */
export function carryFound(next: GraphDocument, now: GraphDocument): GraphDocument {
  const found = now.plan?.found;
  return next.plan?.found === found ? next : replacePaths(next, 'found', found);
}
