/** What a thread does that is not the first: loads its share of a plan and serves until it is dismissed. */
import type { Plan } from '../../ir/plan.ts';
import type { Setting } from '../wasm/emit/plan-module.ts';
import { instantiate } from '../wasm/instance.ts';
import type { KernelVariant } from '../wasm/kernels.ts';
import { breakUp, joinTeam, serve } from './thread-team.ts';

/** All that a thread is told. Can be posted to a worker. */
export interface Task {
  /** The plan with this thread's steps for steps. */
  readonly plan: Plan;
  readonly memory: WebAssembly.Memory;
  readonly setting: Setting & { readonly scratch: number; readonly variant: KernelVariant };
  /** What the threads keep step by (thread-team.ts). */
  readonly words: Int32Array;
  readonly threads: number;
  readonly patience: number;
}

/** Calls `ready` when it can serve. Does not return before it is dismissed; the others learn of what it throws. */
export async function work(
  { plan, memory, setting, words, threads, patience }: Task,
  ready: () => void,
): Promise<void> {
  const { barrier } = joinTeam(words, threads, patience);
  const { step } = await instantiate(plan, memory, { ...setting, barrier });
  ready();
  try {
    serve(words, step);
  } catch (error) {
    breakUp(words, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
