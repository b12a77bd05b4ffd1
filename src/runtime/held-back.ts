/** Metrics on rows that no step has learned from. */
import type { Session } from './session.ts';

/**
 * Means of the evaluation program's metrics over its passes, named `testLoss` for `loss`. One pass takes
 * all held-back rows when the program was compiled for that many.
 */
export function evaluateHeldBack(session: Session): Record<string, number> {
  const sums: Record<string, number> = {};
  for (let pass = 0; pass < session.passes; pass++) {
    session.feed(pass);
    session.executable.step();
    for (const [name, value] of Object.entries(session.metrics())) {
      const key = `test${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      sums[key] = (sums[key] ?? 0) + value / session.passes;
    }
  }
  return sums;
}
