/** Metrics on rows that no step has learned from. */
import type { Session } from './session.ts';

/**
 * Means of the evaluation program's metrics over its passes, named `testLoss` for `loss`. One pass takes
 * all validation rows when the program was compiled for that many. `step`: how many training steps were taken.
 */
export async function validate(session: Session, step: number): Promise<Record<string, number>> {
  const { passes, mostAtOnce } = session;
  const sums: Record<string, number> = {};
  for (let pass = 0; pass < passes; pass += mostAtOnce) {
    const log = await session.advance(pass, Math.min(mostAtOnce, passes - pass), step);
    for (const [name, values] of Object.entries(log)) {
      const key = `test${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      for (const value of values) sums[key] = (sums[key] ?? 0) + value / passes;
    }
  }
  return sums;
}
