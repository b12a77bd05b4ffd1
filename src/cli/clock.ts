/** A search that lasts so many seconds from now. */
import type { EffortLimits } from '../contraction/index.ts';
import type { Io } from './io.ts';

export function during(seconds: number, io: Io): EffortLimits {
  const begun = io.now();
  const spent = () => (io.now() - begun) / 1000 / seconds;
  return { spent, deadline: () => spent() >= 1 };
}
