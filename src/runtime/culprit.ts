/**
 * Finds what first made a number that is not finite. Checking every step would slow every run; instead
 * a run that has gone wrong is repeated from its last good state, one checked operation at a time.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { type PathText, readPath, showPath } from '../base/path.ts';
import type { LoopStep, Plan, Step } from '../ir/plan.ts';
import type { BadStep } from '../numeric/engine.ts';
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
    const bad = await session.advanceChecked(step);
    if (bad) return { step, diagnostic: notFinite(step, originOf(session.program.plan, bad)) };
  }
  return { step: to, diagnostic: notFinite(to, undefined) };
}

/**
 * Where a step comes from: the node that it was lowered from. In a loop over the repeats of a block, `encoder`,
 * that is the node of the repeat that the iteration computed: not encoder/0/attention, but encoder/3/attention.
 */
export function originOf(plan: Plan, { path, iterations }: BadStep): PathText | undefined {
  let steps = plan.steps;
  const loops: LoopStep[] = [];
  let step: Step | undefined;
  for (const i of path) {
    step = steps[i];
    if (step?.kind !== 'loop') break;
    loops.push(step);
    steps = step.steps;
  }
  if (step?.source === undefined) return undefined;
  const own = readPath(step.source);
  let ids = own;
  for (const [d, { source }] of loops.entries()) {
    // Loops over segments of one recurrence follow each other.
    if (source === undefined || iterations[d] === undefined || loops[d + 1]?.source === source) continue;
    const around = readPath(source);
    const isRepeat = own[around.length] === '0' && around.every((id, i) => id === own[i]);
    if (!isRepeat) continue;
    let row = 0;
    for (const [e, loop] of loops.entries()) {
      if (loop.source !== source) continue;
      const t = iterations[e] ?? 0;
      row = row * loop.count + (loop.reverse ? loop.count - 1 - t : t);
    }
    ids = ids.with(around.length, String(row));
  }
  return showPath(ids);
}

/** The source of a step is the node that it was lowered from. */
const notFinite = (step: number, node: PathText | undefined): Diagnostic =>
  diagnose('not-finite', node === undefined ? {} : { node }, { step, what: node ?? '?', value: 'NaN / ∞' });
