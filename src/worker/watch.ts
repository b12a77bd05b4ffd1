/**
 * How often a run shows the page what it asks to see: the page is drawn anew some ten times a second, and more
 * values than that would be for nobody. What is checked may take long, and is then shown less often.
 */
import type { RunEvent, RunOptions, Throttle } from '../runtime/index.ts';

/** What the page asks to see: ports, names of state, and whether also what is checked. */
export interface Watched {
  readonly probes: readonly string[];
  readonly tensors: readonly string[];
  readonly checks: boolean;
}

export interface Watch {
  /** What the run asks after each report. */
  readonly wanted: Required<Pick<RunOptions, 'probes' | 'tensors' | 'checks'>>;
  /** What the run has told. */
  heard(event: RunEvent): void;
}

/** Milliseconds between two looks at values. */
const BETWEEN_LOOKS = 80;
/** Looking at what is checked takes at most one part in so many of a run's time. */
const CHECKING = 4;

export function createWatch(
  shown: () => Watched,
  throttle: Pick<Throttle, 'isPaused'>,
  now: () => number,
): Watch {
  let looked = Number.NEGATIVE_INFINITY;
  let checkFrom = Number.NEGATIVE_INFINITY;
  let begunChecking = 0;
  const isSeen = () => throttle.isPaused() || now() - looked >= BETWEEN_LOOKS;
  return {
    wanted: {
      probes: () => (isSeen() ? shown().probes : []),
      tensors: () => (isSeen() ? shown().tensors : []),
      checks() {
        begunChecking = now();
        return shown().checks && isSeen() && (throttle.isPaused() || begunChecking >= checkFrom);
      },
    },
    heard(event) {
      if (event.type !== 'values') return;
      looked = now();
      if (event.checks) checkFrom = looked + CHECKING * (looked - begunChecking);
    },
  };
}
