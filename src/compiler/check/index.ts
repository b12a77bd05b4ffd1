/** Checking: ports, types on every wire, diagnostics. Never throws on a user's graph. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Checked } from '../types.ts';
import { Checker } from './checker.ts';

/** Checks one document from scratch. */
export const check = (document: GraphDocument): Checked => new Checker().check(document);

/** A check that remembers: called with document after document, it looks only at what an edit can reach. */
export function createChecker(): (document: GraphDocument) => Checked {
  const checker = new Checker();
  return (document) => checker.check(document);
}
