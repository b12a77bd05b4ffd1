/** What would mend a graph, tried before it is offered, for every command that refuses one. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { searchFixes } from '../compiler/fixes/index.ts';
import { type Checked, createChecker } from '../compiler/index.ts';

/** How much the trials of all fixes together look at, at most: only large documents full of errors come so far. */
const MOST_LOOKED_AT = 1_000_000;
/** A diagnostic is compared with all others after a trial, which costs about as much as so many nodes. */
const NODES_A_DIAGNOSTIC = 10;

/** The diagnostics of a check with what would mend them, the first ones where there are very many. */
export function withFixes(
  document: GraphDocument,
  checked: Checked,
  checker: ReturnType<typeof createChecker>,
): readonly Diagnostic[] {
  const { diagnostics } = checked;
  let left = MOST_LOOKED_AT;
  const eachTrial = Object.keys(document.nodes).length + NODES_A_DIAGNOSTIC * diagnostics.length;
  return diagnostics.map((diagnostic) => {
    // What the checker proposes itself is offered where it was tried only.
    if (left <= 0) return { ...diagnostic, fixes: [] };
    const trials = searchFixes(document, checked, diagnostic, checker);
    let trial = trials.next();
    for (; !trial.done; trial = trials.next()) left -= eachTrial;
    return { ...diagnostic, fixes: trial.value };
  });
}

/** What refused a graph, with the fixes that `check` offers: what its rules propose untried may make it worse. */
export function refusalWithFixes(
  document: GraphDocument,
  refusal: readonly Diagnostic[],
): readonly Diagnostic[] {
  const checker = createChecker();
  const ofCheck = withFixes(document, checker(document), checker);
  return refusal.map((said) => ofCheck.find((other) => isSame(said, other)) ?? said);
}

const isSame = (a: Diagnostic, b: Diagnostic): boolean =>
  a.code === b.code &&
  a.message.en === b.message.en &&
  (['node', 'port', 'edge', 'axis', 'param'] as const).every((key) => a[key] === b[key]);
