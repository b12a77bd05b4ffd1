/**
 * Which of two ways to take a step is faster, found out by taking the first steps of a run in turns. No
 * model of a machine knows whether its cores are cores or two halves of one, and what else they have to do.
 */

/** Ways to take a step. Both give the same results. */
export interface Ways {
  readonly alone: () => void;
  readonly together: () => void;
}

/** Milliseconds at first that do not count, nor does the first round of each way: code is still being optimised. */
const WARM = 100;
/** A round of one way lasts this many milliseconds, and two steps at least. */
const ROUND = 5;
/** Rounds of each way that count; one will do where together is slower than alone by this factor. */
const ROUNDS = 5;
const TOO_SLOW = 2;

/** Threads must be this many times as fast as one: cores are wanted by others too. */
export const LEAST_GAIN = 1.1;

/**
 * Returns what takes a step. It gives undefined until enough steps are taken; then how many times as fast
 * as alone a step is together, and the autotuner is done. `now` in milliseconds.
 *
 * One thread at its best is compared with what all of them do as a rule: where something else keeps the
 * machine busy, threads that wait for each other are hit hardest, and hit others hardest.
 */
export function createAutotuner(ways: Ways, now: () => number): () => number | undefined {
  const rounds: Record<keyof Ways, number[]> = { alone: [], together: [] };
  let way: keyof Ways = 'alone';
  let [spent, taken, steps, counted, round] = [0, 0, 0, 0, 0];
  return () => {
    const begun = now();
    ways[way]();
    const took = now() - begun;
    // The threads fall asleep or wake up in a round's first step.
    if (steps++ > 0) counted += took;
    round += took;
    if (steps < 2 || round < ROUND) return undefined;
    if (spent >= WARM && taken >= 2) rounds[way].push(counted / (steps - 1));
    spent += round;
    taken++;
    [steps, counted, round] = [0, 0, 0];
    way = way === 'alone' ? 'together' : 'alone';
    const count = Math.min(rounds.alone.length, rounds.together.length);
    if (count === 0) return undefined;
    const best = Math.min(...rounds.alone);
    const over = count >= ROUNDS || Math.min(...rounds.together) > TOO_SLOW * best;
    return over ? best / median(rounds.together) : undefined;
  };
}

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] as number;
