/** The checks of a state that are measured: before the first step those that are no number are not, since only a run measures them. */
import type { CheckVerdict } from '../../worker/protocol.ts';

export const checksAtStep = (
  step: number,
  checks: readonly CheckVerdict[] | undefined,
): readonly CheckVerdict[] | undefined =>
  step > 0 ? checks : checks?.filter(({ value }) => !Number.isNaN(value));
