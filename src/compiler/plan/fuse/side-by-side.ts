/**
 * Neighbouring nests that do the like to different tensors – an optimizer for each parameter – become
 * one step: none reads what another of them writes.
 */
import { type NestStep, readsOf, type Step, writesOf } from '../../../ir/plan.ts';

/** Element-wise updates of state go to the end, where they meet: all but those that a later step can see. */
export function updatesLast(steps: readonly Step[], isState: (buffer: number) => boolean): Step[] {
  const [staying, going]: [Step[], Step[]] = [[], []];
  const read = new Set<number>();
  const written = new Set<number>();
  for (const step of steps.toReversed()) {
    const [reads, writes] = [readsOf(step), writesOf(step)];
    const isSeen =
      reads.some((buffer) => written.has(buffer)) ||
      writes.some((buffer) => written.has(buffer) || read.has(buffer));
    if (step.kind === 'nest' && step.reduced === 0 && writes.every(isState) && !isSeen) {
      going.push(step);
      continue;
    }
    staying.push(step);
    for (const buffer of reads) read.add(buffer);
    for (const buffer of writes) written.add(buffer);
  }
  return [...staying.reverse(), ...going.reverse()];
}

export function sideBySide(steps: readonly Step[]): Step[] {
  const grouped: Step[] = [];
  let run: NestStep[] = [];
  const read = new Set<number>();
  const written = new Set<number>();
  const flush = () => {
    const [first] = run;
    if (run.length > 1) grouped.push(together(run));
    else if (first) grouped.push(first);
    run = [];
    read.clear();
    written.clear();
  };
  for (const step of steps) {
    const [reads, writes] = [readsOf(step), writesOf(step)];
    const meets =
      reads.some((buffer) => written.has(buffer)) ||
      writes.some((buffer) => written.has(buffer) || read.has(buffer));
    if (step.kind !== 'nest' || meets || (run[0] && !isAlike(run[0], step))) flush();
    if (step.kind !== 'nest') {
      grouped.push(step);
      continue;
    }
    run.push(step);
    for (const buffer of reads) read.add(buffer);
    for (const buffer of writes) written.add(buffer);
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
