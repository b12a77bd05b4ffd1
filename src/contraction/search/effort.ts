/**
 * How much work a search may still do. Work is counted in visited words of index sets, which is
 * proportional to time on any machine; so a number of rounds gives the same result everywhere, and a host
 * with a clock can say instead what part of its time is gone.
 */

export interface EffortLimits {
  /**
   * Fixed work: about 10 ms each. Default 1. Infinity, with a deadline, searches until then; but a network
   * with several parts, or a memory limit, needs an end it can divide: a number, or `spent`.
   */
  readonly rounds?: number;
  /** The part of the time budget that is used up: 0 at the start, 1 at the end. Replaces `rounds`. */
  readonly spent?: () => number;
  /** True as soon as the search should give what it has. */
  readonly deadline?: () => boolean;
}

export interface Effort {
  /** Tells that so much work has just been done. */
  did(work: number): void;
  /** An estimate of the whole allowance, and of what is left of it, in the same unit. */
  total(): number;
  left(): number;
  over(): boolean;
}

/** Words visited in one round. */
const roundWork = 4e6;

/** Words visited in the first hundredth of a budget whose length is not known yet. */
const firstGuess = 1e6;

export function createEffort({ rounds = 1, spent, deadline = () => false }: EffortLimits): Effort {
  let done = 0;
  if (!spent) {
    const total = rounds * roundWork;
    return {
      did: (work) => {
        done += work;
      },
      total: () => total,
      left: () => Math.max(0, total - done),
      over: () => done >= total || deadline(),
    };
  }
  // The rate of the latest stretch of work counts: early ones run before the machine code is warm.
  const begun = spent();
  let before = begun;
  let rate = firstGuess * 100;
  return {
    did(work) {
      done += work;
      const now = spent();
      if (now - before < 1e-3) return;
      rate = done / (now - before);
      before = now;
      done = 0;
    },
    total: () => rate * (1 - begun),
    left: () => rate * Math.max(0, 1 - spent()),
    over: () => spent() >= 1 || deadline(),
  };
}

/** Limits for one task of several: a share of all rounds, or of the time that is left when it begins. */
export function portion(
  { rounds = 1, spent, deadline }: EffortLimits,
  ofAll: number,
  ofRest: number,
): EffortLimits {
  if (!spent) return { rounds: rounds * ofAll, deadline };
  const begun = spent();
  return { spent: () => (spent() - begun) / Math.max(1e-9, (1 - begun) * ofRest), deadline };
}
