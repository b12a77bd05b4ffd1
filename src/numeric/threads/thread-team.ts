/**
 * How the threads of one plan keep step. They share a few words of memory: the leader raises `step` to
 * start a training step, every member runs its share of the plan, and all wait for each other at barriers inside it.
 *
 * Small steps last microseconds, and waking a sleeping thread takes hundreds of them; so whoever waits
 * spins first and sleeps only when nothing has happened for long.
 *
 * A thread that fails says so in the same words, and everyone who waits, or comes to wait, throws at once:
 * none of them could learn it from its event loop, which stands still during a step.
 */
import { EngineError } from '../engine.ts';

/** Where each word lies in the shared array. */
const STEP = 0;
const ARRIVED = 1;
const PHASE = 2;
const ASLEEP = 3;
const END = 4;
const REASON = 5;
/** Characters of a reason, one a word. */
const REASON_LENGTH = 200;
export const teamWords = REASON + REASON_LENGTH;

/** What `END` says. */
const DISMISSED = 1;
const BROKEN = 2;

/** Looks before sleeping: some tens of microseconds. */
const SPINS = 20_000;

/** Milliseconds of sleep between two looks at whether to go on waiting: a second. */
const SLICE = 1000;

export interface ThreadTeam {
  /** Blocks until every thread has come here. Throws an EngineError when one has failed, or does not come for long. */
  barrier(): void;
}

/**
 * `words` is shared by all threads and begins as zeros. A thread that has not come after so many seconds of
 * `patience` is taken to be dead without a word. They are counted one by one, so that a process that was
 * halted for an hour is not taken for a dead one.
 */
export const joinTeam = (words: Int32Array, threads: number, patience: number): ThreadTeam => ({
  barrier() {
    checkWhole(words);
    const phase = Atomics.load(words, PHASE);
    if (Atomics.add(words, ARRIVED, 1) === threads - 1) {
      Atomics.store(words, ARRIVED, 0);
      raise(words, PHASE);
    } else {
      waitFor(words, PHASE, phase, patience);
      checkWhole(words);
    }
  },
});

/** Starts a step: the members' `serve` runs `work` once. The leader then does its own share. */
export const startStep = (words: Int32Array): void => raise(words, STEP);

/** Lets the members go home. */
export const dismiss = (words: Int32Array): void => end(words, DISMISSED);

/** Says that a thread is lost: whoever waits throws. Without effect on a team that has ended. */
export function breakUp(words: Int32Array, reason: string): void {
  if (Atomics.load(words, END) !== 0) return;
  for (let i = 0; i < REASON_LENGTH; i++) Atomics.store(words, REASON + i, reason.charCodeAt(i) || 0);
  end(words, BROKEN);
}

export const isBroken = (words: Int32Array): boolean => Atomics.load(words, END) === BROKEN;

/** A member's life: runs `work` once for each step, until the team ends. Does not return before. */
export function serve(words: Int32Array, work: () => void): void {
  for (let step = 0; ; step = (step + 1) | 0) {
    waitFor(words, STEP, step);
    if (Atomics.load(words, END) !== 0) return;
    work();
  }
}

function checkWhole(words: Int32Array): void {
  if (!isBroken(words)) return;
  const reason = String.fromCharCode(...words.subarray(REASON, teamWords)).replace(/\0+$/, '');
  throw new EngineError('thread-lost', reason);
}

/** Every word that is waited for moves on, so that nobody can miss the end between a look and its sleep. */
function end(words: Int32Array, how: number): void {
  Atomics.compareExchange(words, END, 0, how);
  raise(words, STEP);
  raise(words, PHASE);
}

/** A word's next value, and a call for those that sleep on it. */
function raise(words: Int32Array, word: number): void {
  Atomics.add(words, word, 1);
  if (Atomics.load(words, ASLEEP) > 0) Atomics.notify(words, word);
}

/** Returns when the word no longer holds `value`. Without patience, waits for ever. */
function waitFor(words: Int32Array, word: number, value: number, patience = Number.POSITIVE_INFINITY): void {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(words, word) !== value) return;
  Atomics.add(words, ASLEEP, 1);
  const slice = Number.isFinite(patience) ? SLICE : patience;
  // A call between the count and the sleep is not lost: the wait looks at the word once more.
  for (let slept = 0; Atomics.load(words, word) === value; )
    if (Atomics.wait(words, word, value, slice) === 'timed-out' && ++slept >= patience)
      breakUp(words, 'it does not answer');
  Atomics.sub(words, ASLEEP, 1);
}
