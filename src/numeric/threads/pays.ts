/**
 * Whether sharing a plan among threads could save more than their barriers cost, were each thread a core
 * of its own. Where not, it is not tried.
 */
import type { Plan, Step } from '../../ir/plan.ts';
import { barriersIn, partitionPlan } from './partition.ts';

/** Seconds: orders of magnitude of a current machine, for a decision that is clear except near the line. */
const BARRIER = 2e-6;
const PER_MULTIPLY_ADD = 1 / 12e9;
const PER_ELEMENT = 1 / 1e9;
/** What the model must promise before threads are started at all. */
const GAIN = 1.25;

/** What one thread takes for the steps. */
export const secondsOf = (steps: readonly Step[]): number =>
  steps.reduce((sum, step) => sum + secondsAlone(step), 0);

function secondsAlone(step: Step): number {
  if (step.kind === 'fused') return secondsOf(step.nests);
  if (step.kind === 'loop') return step.count * secondsOf(step.steps);
  return step.flops * (step.kind === 'gemm' ? PER_MULTIPLY_ADD : PER_ELEMENT);
}

export function mayPay(plan: Plan, threads: number): boolean {
  const parts = partitionPlan(plan, threads);
  const slowest = Math.max(...parts.map(secondsOf));
  const barriers = barriersIn(parts[0] ?? []) * BARRIER;
  return secondsOf(plan.steps) > GAIN * (slowest + barriers);
}
