/**
 * How often a run shows the page what it asks to see: the page is drawn anew some ten times a second, and more
 * values than that would be for nobody. What takes long, values or what is checked, is shown less often.
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
/** Looking takes at most about one part in so many of a run's time, and so does looking at what is checked. */
const LOOKING = 4;
/** So does recording, after so many milliseconds of it: of a short run every report is recorded. */
const RECORDING = 4;
const RECORDED_FREELY = 500;

export function createWatch(
  shown: () => Watched,
  throttle: Pick<Throttle, 'isPaused'>,
  now: () => number,
): Watch {
  let lookFrom = Number.NEGATIVE_INFINITY;
  let begunLooking = 0;
  /** Milliseconds that values took without what is checked. */
  let looking: number | undefined;
  let checkFrom = Number.NEGATIVE_INFINITY;
  let begunChecking = 0;
  let recordFrom = Number.NEGATIVE_INFINITY;
  let begunRecording: number | undefined;
  let recording = 0;
  /** The last values of a run always are: nobody may be able to compute them again unasked. */
  const isSeen = (isLast = false) => isLast || throttle.isPaused() || now() >= lookFrom;
  return {
    wanted: {
      probes(isLast) {
        begunLooking = now();
        begunRecording = isSeen(isLast) ? undefined : begunLooking;
        const { probes, pictures } = shown();
        if (begunRecording === undefined) return [...new Set([...probes, ...pictures])];
        return recording < RECORDED_FREELY || begunRecording >= recordFrom ? pictures : [];
      },
      closely: () => shown().pictures,
      tensors: (isLast) => (isSeen(isLast) ? shown().tensors : []),
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
      const looked = now();
      if (!event.checks || looking === undefined) looking = looked - begunLooking;
      lookFrom = looked + Math.max(BETWEEN_LOOKS, LOOKING * looking);
      if (event.checks) checkFrom = looked + LOOKING * (looked - begunChecking);
      return false;
    },
  };
}
