/**
 * How often a run shows the page what it asks to see: the page is drawn anew some ten times a second, and more
 * values than that would be for nobody. What is checked may take long, and is then shown less often.
 */
import type { RunEvent, RunOptions, Throttle } from '../runtime/index.ts';

/** What the page asks to see: ports, names of state, ports that pictures are made of, and whether also what is checked. */
export interface Watched {
  readonly probes: readonly string[];
  readonly tensors: readonly string[];
  /** Ports that are recorded in between too. */
  readonly pictures: readonly string[];
  readonly checks: boolean;
}

export interface Watch {
  /** What the run asks after each report. */
  readonly wanted: Required<Pick<RunOptions, 'probes' | 'closely' | 'tensors' | 'checks'>>;
  /** What the run has told. True where it is only what pictures are made of, recorded in between. */
  heard(event: RunEvent): boolean;
}

/** Milliseconds between two looks at values. */
const BETWEEN_LOOKS = 80;
/** Looking at what is checked takes at most one part in so many of a run's time. */
const CHECKING = 4;
/** So does recording, after so many milliseconds of it: of a short run every report is recorded. */
const RECORDING = 4;
const RECORDED_FREELY = 500;

export function createWatch(
  shown: () => Watched,
  throttle: Pick<Throttle, 'isPaused'>,
  now: () => number,
): Watch {
  let looked = Number.NEGATIVE_INFINITY;
  let checkFrom = Number.NEGATIVE_INFINITY;
  let begunChecking = 0;
  let recordFrom = Number.NEGATIVE_INFINITY;
  let begunRecording: number | undefined;
  let recording = 0;
  const isSeen = () => throttle.isPaused() || now() - looked >= BETWEEN_LOOKS;
  return {
    wanted: {
      probes() {
        begunRecording = isSeen() ? undefined : now();
        const { probes, pictures } = shown();
        if (begunRecording === undefined) return [...new Set([...probes, ...pictures])];
        return recording < RECORDED_FREELY || begunRecording >= recordFrom ? pictures : [];
      },
      closely: () => shown().pictures,
      tensors: () => (isSeen() ? shown().tensors : []),
      checks() {
        begunChecking = now();
        return shown().checks && isSeen() && (throttle.isPaused() || begunChecking >= checkFrom);
      },
    },
    heard(event) {
      if (event.type !== 'values') return false;
      if (begunRecording !== undefined) {
        const ended = now();
        recording += ended - begunRecording;
        recordFrom = ended + RECORDING * (ended - begunRecording);
        return true;
      }
      looked = now();
      if (event.checks) checkFrom = looked + CHECKING * (looked - begunChecking);
      return false;
    },
  };
}
