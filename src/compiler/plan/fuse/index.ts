/** Fusions: steps that are better run as one. Each can be switched off; results stay the same. */
import { type NestStep, readsOf, type Step } from '../../../ir/plan.ts';
import type { PlanBuilder } from '../plan-builder.ts';
import { fuseRows } from './fuse-rows.ts';
import { mergeNests } from './merge-nests.ts';
import { regroup } from './regroup.ts';
import { sideBySide, updatesLast } from './side-by-side.ts';

export const fusionNames = ['mergeNests', 'fuseRows', 'epilogue', 'sideBySide'] as const;
export type FusionName = (typeof fusionNames)[number];

/** Before buffers are placed and updates written. `kept` buffers are read from outside after the last step. */
export function fuseSteps(plan: PlanBuilder, kept: ReadonlySet<number>, without: readonly string[]): void {
  if (!without.includes('mergeNests'))
    plan.steps = dropUnread(regroup(plan.steps, mergeNests, 'latest'), kept);
  const heads = { nests: !without.includes('fuseRows'), products: !without.includes('epilogue') };
  if (heads.nests || heads.products) plan.steps = fuseRows(plan, kept, heads);
}

/** After updates are written in place, where the order of steps is settled. */
export function groupSteps(plan: PlanBuilder, without: readonly string[]): void {
  if (!without.includes('sideBySide'))
    plan.steps = sideBySide(updatesLast(plan.steps, (buffer) => plan.buffers[buffer]?.pinned === true));
}

/** Results that were taken in by all their readers are not stored. */
function dropUnread(steps: readonly Step[], kept: ReadonlySet<number>): Step[] {
  const read = new Set([...kept, ...steps.flatMap(readsOf)]);
  return steps.map((step) => (step.kind === 'nest' ? withoutUnread(step, read) : step));
}

function withoutUnread(step: NestStep, read: ReadonlySet<number>): NestStep {
  const results = step.results.filter((r) => read.has(r.out.buffer));
  if (results.length === step.results.length || results.length === 0) return step;
  // A nest that no longer reduces anything is a nest over all its dimensions.
  const reduced = results.some((r) => r.reduce !== 'none') ? step.reduced : 0;
  return { ...step, results, reduced };
}
