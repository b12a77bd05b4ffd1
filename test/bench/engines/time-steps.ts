/** How long a step takes when it is repeated for a while. */
import { processorSeconds } from './processor-time.ts';

export interface StepsTimed {
  /** Of one step. */
  readonly seconds: number;
  /** The same by processor time. */
  readonly processorSeconds: number;
  readonly steps: number;
}

/** `run` takes so many steps. Blocks of them grow, so that short ones do not pay for asking the clock. */
export async function timeSteps(run: (steps: number) => unknown, milliseconds: number): Promise<StepsTimed> {
  let [steps, block, elapsed] = [0, 1, 0];
  const [begin, used] = [performance.now(), processorSeconds()];
  while (elapsed < milliseconds) {
    await run(block);
    steps += block;
    elapsed = performance.now() - begin;
    block = Math.max(1, Math.min(2 * block, Math.floor((0.1 * milliseconds * steps) / elapsed)));
  }
  return {
    seconds: elapsed / 1000 / steps,
    processorSeconds: (processorSeconds() - used) / steps,
    steps,
  };
}
