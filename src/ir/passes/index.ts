/** The optimising passes, in the order they run. Each keeps the meaning of the program. */
import type { Program } from '../program.ts';
import { verify } from '../verify.ts';
import { dropUnused } from './drop-unused.ts';
import { foldConstants } from './fold-constants.ts';
import { fuseMaps } from './fuse-maps.ts';
import { hoistInvariants } from './hoist-invariants.ts';
import { mergeContractions } from './merge-contractions.ts';
import { mergeEqual } from './merge-equal.ts';
import { signsOfResults } from './signs-of-results.ts';
import { simplify } from './simplify.ts';
import { sinkReshapes } from './sink-reshapes.ts';
import { unrollScans } from './unroll-scans.ts';

export const passes = {
  mergeEqual,
  dropUnused,
  simplify,
  sinkReshapes,
  mergeContractions,
  signsOfResults,
  fuseMaps,
  hoistInvariants,
  foldConstants,
  /** What those before it took in is computed where it is used; the originals go. */
  dropAbsorbed: dropUnused,
} as const satisfies Record<string, (program: Program, off: readonly string[]) => Program>;

export type PassName = keyof typeof passes;

/** What can be switched off: the passes, and what the builder does with ones, zeros and Kronecker deltas. */
export const rewriteNames = ['takeInDeltas', ...(Object.keys(passes) as PassName[])] as const;
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
  let current = inspect(unrollScans(inspect(program)));
  for (const name of Object.keys(passes) as PassName[])
    if (!off.includes(name)) current = inspect(passes[name](current, off));
  return verify(current);
}
