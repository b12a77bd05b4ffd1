/**
 * How the threads of one plan keep step. They share a few words of memory: the leader raises `turn` to
 * start a training step, every member runs its share of the plan, and all meet at barriers inside it.
 *
 * Small steps last microseconds, and waking a sleeping thread takes hundreds of them; so whoever waits
 * spins first and sleeps only when nothing has happened for long.
 */

/** Where each word lies in the shared array. */
const TURN = 0;
const ARRIVED = 1;
const PHASE = 2;
const ASLEEP = 3;
const STOPPED = 4;
export const crewWords = 5;

/** Milliseconds after which a thread that has not come is taken to be dead: far longer than any step. */
const PATIENCE = 60_000;

/** Looks before sleeping: some tens of microseconds. */
const SPINS = 20_000;

export interface Crew {
  /** Blocks until every thread has come here. Throws when one does not come for long. */
  meet(): void;
}

/** `words` is shared by all threads and begins as zeros. */
export const joinCrew = (words: Int32Array, threads: number): Crew => ({
  meet() {
    const phase = Atomics.load(words, PHASE);
    if (Atomics.add(words, ARRIVED, 1) === threads - 1) {
      Atomics.store(words, ARRIVED, 0);
      raise(words, PHASE);
    } else {
      waitFor(words, PHASE, phase, PATIENCE);
    }
  },
});

/** Starts a turn: the members' `serve` runs `work` once. The leader then does its own share. */
export const startTurn = (words: Int32Array): void => raise(words, TURN);

/** Lets the members go home. */
export function dismiss(words: Int32Array): void {
  Atomics.store(words, STOPPED, 1);
  raise(words, TURN);
}

/** A member's life: runs `work` once for each turn, until it is dismissed. Does not return before. */
export function serve(words: Int32Array, work: () => void): void {
  for (let turn = 0; ; turn = (turn + 1) | 0) {
    waitFor(words, TURN, turn);
    if (Atomics.load(words, STOPPED) === 1) return;
    work();
  }
}

/** A word's next value, and a call for those that sleep on it. */
function raise(words: Int32Array, word: number): void {
  Atomics.add(words, word, 1);
  if (Atomics.load(words, ASLEEP) > 0) Atomics.notify(words, word);
}

/** Returns when the word no longer holds `value`. */
function waitFor(words: Int32Array, word: number, value: number, patience = Infinity): void {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(words, word) !== value) return;
  Atomics.add(words, ASLEEP, 1);
  // A call between the count and the sleep is not lost: the wait looks at the word once more.
  while (Atomics.load(words, word) === value)
    if (Atomics.wait(words, word, value, patience) === 'timed-out')
      throw new Error('a thread of the computation does not answer');
  Atomics.sub(words, ASLEEP, 1);
}
