/**
 * Contraction paths that the document keeps, as the editor treats them: what somebody chose is a change like
 * any other; what a search found in the background is not in the history, and goes along unchanged through it.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { replacePaths } from '../compiler/networks/kept-paths.ts';

/** The document with this path chosen for a network, or none. */
export function withChosen(
  document: GraphDocument,
  network: string,
  path: string | undefined,
): GraphDocument {
  const { [network]: _, ...others } = document.plan?.chosen ?? {};
  return replacePaths(document, 'chosen', path === undefined ? others : { ...others, [network]: path });
}

/** `next`, out of the history, with the found paths that the document has by now. */
export function carryFound(next: GraphDocument, now: GraphDocument): GraphDocument {
  const found = now.plan?.found;
  return next.plan?.found === found ? next : replacePaths(next, 'found', found);
}
