/**
 * Neighbouring nests that do the like to different tensors – an optimizer for each parameter – become
 * one step: none reads what another of them writes.
 */
import { type NestStep, readsOf, type Step, writesOf } from '../../../ir/plan.ts';

export function sideBySide(steps: readonly Step[]): Step[] {
  const grouped: Step[] = [];
  let run: NestStep[] = [];
  const flush = () => {
    const [first] = run;
    if (run.length > 1) grouped.push(together(run));
    else if (first) grouped.push(first);
    run = [];
  };
  for (const step of steps) {
    const fits = step.kind === 'nest' && run.every((other) => isAlike(other, step) && !meets(other, step));
    if (!fits) flush();
    if (step.kind === 'nest') run.push(step);
    else grouped.push(step);
  }
  flush();
  return grouped;
}

const together = (nests: readonly NestStep[]): Step => {
  const { source } = nests[0] as NestStep;
  const flops = nests.reduce((sum, nest) => sum + nest.flops, 0);
  return { kind: 'fused', outer: [], nests, flops, ...(source !== undefined && { source }) };
};

/** Element-wise both, with as many results; how they are computed may differ. */
const isAlike = (a: NestStep, b: NestStep): boolean =>
  a.reduced === 0 && b.reduced === 0 && a.results.length === b.results.length;

function meets(a: NestStep, b: NestStep): boolean {
  const [writesA, writesB] = [writesOf(a), writesOf(b)];
  return (
    writesA.some((buffer) => readsOf(b).includes(buffer) || writesB.includes(buffer)) ||
    writesB.some((buffer) => readsOf(a).includes(buffer))
  );
}
