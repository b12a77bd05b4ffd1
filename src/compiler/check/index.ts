/** Checking: ports, types on every wire, diagnostics. Never throws on a user's graph. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Checked, Touched } from '../types.ts';
import { Checker } from './checker.ts';

/** Checks one document from scratch. */
export const check = (document: GraphDocument): Checked => new Checker().check(document);

/**
 * A check that remembers: called with document after document, it looks only at what an edit can
 * reach. Who knows what the edit touched says so, and spares it the search.
 */
export function createChecker(
  options?: ConstructorParameters<typeof Checker>[0],
): (document: GraphDocument, touched?: Touched) => Checked {
  let checker = new Checker(options);
  let data: GraphDocument['data'];
  return (document, touched) => {
    // Data of the document change what its nodes are; that is rare, and all is looked at anew.
    if (document.data !== data) checker = new Checker(options);
    data = document.data;
    return checker.check(document, touched);
  };
}
