/** The optimising passes, in the order they run. Each keeps the meaning of the program. */
import type { Program } from '../program.ts';
import { verify } from '../verify.ts';
import { dropUnused } from './drop-unused.ts';
import { foldConstants } from './fold-constants.ts';
import { fuseMaps } from './fuse-maps.ts';
import { hoistFromLoops } from './hoist-from-loops.ts';
import { hoistInvariants } from './hoist-invariants.ts';
import { keepResiduals } from './keep-residuals.ts';
import { mergeContractions } from './merge-contractions.ts';
import { mergeEqual } from './merge-equal.ts';
import { signsOfResults } from './signs-of-results.ts';
import { simplify } from './simplify.ts';
import { sinkReshapes } from './sink-reshapes.ts';
import { tidyScans } from './tidy-scans.ts';

type Pass = (program: Program, off?: readonly string[]) => Program;

const hasScans = ({ ops }: Program): boolean => ops.some((op) => op.kind === 'scan');

/** The pass for a program and the bodies of its recurrences, inner ones first. */
function everywhere(pass: Pass): Pass {
  const run: Pass = (program, off) => {
    if (!hasScans(program)) return pass(program, off);
    const ops = program.ops.map((op) => (op.kind === 'scan' ? { ...op, body: run(op.body, off) } : op));
    return pass({ ...program, ops }, off);
  };
  return run;
}

const inOrder =
  (...list: readonly Pass[]): Pass =>
  (program, off) =>
    list.reduce((current, pass) => pass(current, off), program);

/** The passes one after the other, where there are recurrences. */
const forScans =
  (...list: readonly Pass[]): Pass =>
  (program, off) =>
    hasScans(program) ? inOrder(...list)(program, off) : program;

const [equal, simpler] = [everywhere(mergeEqual), everywhere(simplify)];

export const passes = {
  mergeEqual: equal,
  dropUnused,
  /** What loops need not repeat leaves them; then what several of them needed is seen to be the same. */
  simplify: inOrder(simpler, forScans(everywhere(tidyScans), hoistFromLoops, equal, simpler)),
  keepResiduals: forScans(everywhere(keepResiduals), dropUnused),
  sinkReshapes: everywhere(sinkReshapes),
  mergeContractions: everywhere(mergeContractions),
  signsOfResults: everywhere(signsOfResults),
  fuseMaps: everywhere(fuseMaps),
  hoistInvariants: everywhere(hoistInvariants),
  foldConstants: everywhere(foldConstants),
  /**
   * What those before it took in is computed where it is used; the originals go. Whoever switches `dropUnused` off
   * looks for what nothing reads, and finds it.
   */
  dropAbsorbed: (program, off = []) => (off.includes('dropUnused') ? program : dropUnused(program)),
} as const satisfies Record<string, Pass>;

export type PassName = keyof typeof passes;

/** What can be switched off: the passes, and what the builder does with ones, zeros and Kronecker deltas. */
export const rewriteNames = ['absorbDeltas', ...(Object.keys(passes) as PassName[])] as const;
export type RewriteName = (typeof rewriteNames)[number];

/**
 * Runs every pass but those switched off; names of other things are let through. `inspect` sees the
 * program before the first and after each: tests verify it there; otherwise only the result is verified.
 */
export function optimise(
  program: Program,
  off: readonly string[] = [],
  inspect: (program: Program) => Program = (same) => same,
): Program {
  let current = inspect(program);
  for (const name of Object.keys(passes) as PassName[])
    if (!off.includes(name)) current = inspect(passes[name](current, off));
  return verify(current);
}
