/** What differed between two runs of a document. */
import { type Difference, differences } from '../../document/differences.ts';
import type { PastRun } from './past-runs.ts';

type Compared = Pick<PastRun, 'seed' | 'document'>;

export interface RunDifference {
  readonly seed: { readonly was: number; readonly is: number } | undefined;
  readonly drawing: readonly Difference[];
}

/** Of a run, against the one before it. */
export const comparedWith = (before: Compared, run: Compared): RunDifference => ({
  seed: before.seed === run.seed ? undefined : { was: before.seed, is: run.seed },
  drawing: differences(before.document, run.document),
});
