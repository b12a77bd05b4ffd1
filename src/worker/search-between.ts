/** A search for so long a time, in slices between which the worker hears its messages. */
import type { EffortLimits } from '../contraction/index.ts';

export interface Interruptions {
  readonly now: () => number;
  /** Lets the worker hear its messages. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** True when nobody waits for the search any more. */
  readonly overtaken: () => boolean;
}

/** Milliseconds of search between two looks at the messages. */
const slice = 8;

/** Resolves with what the search has when its time is over, or as soon as it is overtaken. */
export async function searchBetween<T>(
  begin: (limits: Required<Pick<EffortLimits, 'spent' | 'deadline'>>) => Generator<unknown, T>,
  seconds: number,
  { now, yieldToEventLoop, overtaken }: Interruptions,
): Promise<T> {
  const begun = now();
  const spent = () => (now() - begun) / 1000 / seconds;
  const search = begin({ spent, deadline: () => spent() >= 1 || overtaken() });
  let heard = begun;
  let step = search.next();
  for (; !step.done; step = search.next()) {
    if (now() - heard < slice) continue;
    await yieldToEventLoop();
    heard = now();
  }
  return step.value;
}
