/**
 * Fixes for a diagnostic: changes that were tried on a copy of the document and found to resolve it. They
 * are looked for when somebody asks, not while the check runs: each trial is one incremental check.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, type Fix, isDestructive, isError } from '../../base/diagnostic.ts';
import { edited } from '../../document/apply-edits.ts';
import type { Checked } from '../types.ts';
import { changeType, ignoreLabel, renameIndices, repairs, resetParams } from './change-params.ts';
import { changeSizes, giveSizes } from './change-sizes.ts';
import { bypass, leaveLoop, plugElsewhere, removeWires, swapOperands } from './change-wires.ts';
import { feedInput } from './feed-input.ts';
import { createFixContext, type FixCandidate, type FixContext, levelsInvolved } from './fix-context.ts';
import { insertNodes } from './insert-nodes.ts';
import { judge } from './verify-fix.ts';
import { writeOutRepeats } from './write-out-repeats.ts';

export interface FixOptions {
  /** How many are offered. */
  readonly most?: number;
  /** How many changes are tried. */
  readonly trials?: number;
}

/** At most so many of one kind. */
const perKind: Readonly<Record<string, number>> = {
  size: 2,
  remove: 1,
  dim: 1,
  connect: 3,
  repair: 2,
  rename: 2,
  proposed: 2,
};

/** Every change worth trying, the likeliest to be meant first. */
function* candidatesAt(context: FixContext): Generator<FixCandidate> {
  yield* changeType(context);
  yield* feedInput(context);
  yield* swapOperands(context);
  yield* leaveLoop(context);
  yield* bypass(context);
  yield* plugElsewhere(context);
  yield* ignoreLabel(context);
  yield* repairs(context);
  yield* insertNodes(context, true);
  yield* renameIndices(context);
  yield* giveSizes(context);
  yield* changeSizes(context);
  yield* writeOutRepeats(context);
  yield* insertNodes(context, false);
  yield* proposed(context);
  yield* resetParams(context);
  yield* removeWires(context);
}

/** The levels that the diagnostic speaks of, one after the other. */
function* candidatesFor(
  document: GraphDocument,
  checked: Checked,
  diagnostic: Diagnostic,
): Generator<FixCandidate> {
  for (const way of levelsInvolved(document, diagnostic))
    yield* candidatesAt(createFixContext(document, checked, diagnostic, way));
}

/** What the checker proposes itself. */
function* proposed({ graph, diagnostic }: FixContext): Generator<FixCandidate> {
  for (const { title, edits } of diagnostic.fixes ?? []) {
    const opens = edits.flatMap((e) => (e.edit === 'removeEdge' ? (graph.edges[e.edge]?.to ?? []) : []));
    yield { kind: 'proposed', edits, title: () => title, opens };
  }
}

/**
 * The search for fixes, one trial at a time: whoever runs it may stop between two. It gives what it has
 * found in the end. `check` is asked about many documents, each an edit away from this one: an
 * incremental checker serves best.
 */
export function* searchFixes(
  document: GraphDocument,
  checked: Checked,
  diagnostic: Diagnostic,
  check: (document: GraphDocument) => Checked,
  { most = 4, trials = 60 }: FixOptions = {},
): Generator<undefined, readonly Fix[]> {
  const found: VerifiedFix[] = [];
  const uncovering: VerifiedFix[] = [];
  const tried = new Set<string>();
  const errors = checked.diagnostics.filter(isError).length;
  const ofKind = new Map<string, number>();
  for (const { kind, edits, title, opens } of candidatesFor(document, checked, diagnostic)) {
    if (found.length >= most || tried.size >= trials) break;
    const key = JSON.stringify(edits);
    // To take a wire away is the last resort, where nothing makes it fit.
    if (kind === 'remove' && (found.length > 1 || diagnostic.severity !== 'error')) break;
    if (tried.has(key) || (ofKind.get(kind) ?? 0) >= (perKind[kind] ?? 1)) continue;
    tried.add(key);
    const after = check(edited(document, edits));
    const verdict = judge(checked, after, diagnostic, opens);
    // A default says nothing of what was meant: it is offered only where no error is left.
    const left = after.diagnostics.filter(isError).length;
    const helps = verdict === 'resolves' || (verdict === 'uncovers' && kind !== 'reset');
    if (helps && left <= errors) {
      const fix = { title: title(after), edits };
      // Names that now meet under one size were told by nothing while the sizes differed.
      const others = after.diagnostics.filter((d) => !isError(d) && d.code !== 'names-differ');
      const odd = others.length;
      const warned = others.filter(({ severity }) => severity === 'warning').length;
      (verdict === 'resolves' ? found : uncovering).push({ fix, left, odd, warned });
      ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1);
    }
    yield;
  }
  // Where another mistake stands behind this one no change resolves both; what resolves this one comes first.
  const resolving = ordered(withoutWarnings(found));
  return resolving.some(keepsWires)
    ? resolving
    : [...ordered(uncovering).slice(0, mostUncovering), ...resolving];
}

/** A fix that was found to work, how many errors it leaves, and how much else that looks odd. */
interface VerifiedFix {
  readonly fix: Fix;
  readonly left: number;
  readonly odd: number;
  readonly warned: number;
}

/** Without those that make a warning out of an error, where another makes none. */
function withoutWarnings(found: readonly VerifiedFix[]): readonly VerifiedFix[] {
  const fewest = Math.min(...found.filter(({ fix }) => !isDestructive(fix)).map(({ warned }) => warned));
  return found.filter(({ fix, warned }) => isDestructive(fix) || warned <= fewest);
}

/**
 * Those that leave the fewest errors first, then the fewest oddities; else in the order in which they were tried.
 * What takes work of the user away comes last.
 */
const ordered = (found: readonly VerifiedFix[]): Fix[] =>
  [...found]
    .sort(
      (a, b) =>
        Number(isDestructive(a.fix)) - Number(isDestructive(b.fix)) || a.left - b.left || a.odd - b.odd,
    )
    .map(({ fix }) => fix);

const mostUncovering = 2;
const keepsWires = ({ edits }: Fix): boolean => edits.some(({ edit }) => edit !== 'removeEdge');

/** The same at one go. */
export function fixesFor(...search: Parameters<typeof searchFixes>): readonly Fix[] {
  const trials = searchFixes(...search);
  for (;;) {
    const step = trials.next();
    if (step.done) return step.value;
  }
}
