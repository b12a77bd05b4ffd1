/**
 * Finds what first made a number that is not finite. Checking every step would slow every run; instead
 * a run that has gone wrong is repeated from its last good state, one checked operation at a time.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { State } from './initialise.ts';
import { type Session, writeState } from './session.ts';

export interface Culprit {
  /** Steps done before the one that failed. */
  readonly step: number;
  readonly diagnostic: Diagnostic;
}

/** Steps `from` … `to` inclusive are repeated, starting at `state`. */
export async function findCulprit(
  session: Session,
  state: State,
  from: number,
  to: number,
): Promise<Culprit> {
  writeState(session, state);
  for (let step = from; step <= to; step++) {
    const index = await session.advanceChecked(step);
    if (index < 0) continue;
    return { step, diagnostic: notFinite(step, session.program.plan.steps[index]?.source) };
  }
  return { step: to, diagnostic: notFinite(to, undefined) };
}

/** The source of a step is the node that it was lowered from. */
const notFinite = (step: number, node: string | undefined): Diagnostic =>
  diagnose('not-finite', node === undefined ? {} : { node }, { step, what: node ?? '?', value: 'NaN / ∞' });
