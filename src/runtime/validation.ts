/** Metrics on rows that no step has learned from. */
import type { Session } from './session.ts';

/**
 * Metrics of an evaluation, named `testLoss` for `loss`: each over all rows that the data sets above it hold
 * back. `step`: how many training steps were taken; what is drawn at random is drawn for that step.
 */
export async function validate(session: Session, step: number): Promise<Record<string, number>> {
  const log = await session.advance(step, 1);
  return Object.fromEntries(
    Object.entries(log).map(([name, [value = Number.NaN]]) => [
      `test${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );
}
