/** Which rows each step takes. A function of the step alone, so any step can be repeated. */
import { type Key, keyFrom, permutation, placeBelow } from '../base/random.ts';

/** The rows of a step, counted from 0. The array is the same each time: it is to be read before the next step. */
export type Batches = (step: number) => Uint32Array;

/**
 * Rows in random order without replacement: every epoch is a fresh permutation of all rows, and a batch
 * that reaches the end of one epoch goes on with the start of the next, so none is short and no row is
 * left out. `from`: so many rows were taken before that step, in batches of whatever size.
 */
export function shuffled(
  rows: Uint32Array,
  size: number,
  seed: number,
  stream: string,
  from = { step: 0, rows: 0 },
): Batches {
  const order = remember((epoch) => permutation(epochKey(seed, stream, epoch), rows.length));
  const batch = new Uint32Array(size);
  return (step) => {
    const before = from.rows + (step - from.step) * size;
    let epoch = Math.floor(before / rows.length);
    let place = before - epoch * rows.length;
    for (let i = 0; i < size; place = 0, epoch++) {
      const shuffledRows = order(epoch);
      for (; place < rows.length && i < size; place++, i++)
        batch[i] = rows[shuffledRows[place] as number] as number;
    }
    return batch;
  };
}

/**
 * Each row of a batch drawn from all rows anew, whichever were drawn before: the noise of a batch is independent of
 * that of every other, where shuffled rows have it cancel within an epoch. `from`: as in `shuffled`.
 */
export function withReplacement(
  rows: Uint32Array,
  size: number,
  seed: number,
  stream: string,
  from = { step: 0, rows: 0 },
): Batches {
  const key = keyFrom(seed, 'replacement', stream);
  const batch = new Uint32Array(size);
  return (step) => {
    const before = from.rows + (step - from.step) * size;
    for (let i = 0; i < size; i++) batch[i] = rows[placeBelow(key, before + i, rows.length)] as number;
    return batch;
  };
}

const epochKey = (seed: number, stream: string, epoch: number): Key =>
  keyFrom(seed, 'shuffle', stream, epoch);

/** Keeps the last result: steps of one epoch share their permutation. */
function remember<T>(make: (n: number) => T): (n: number) => T {
  let last: { n: number; value: T } | undefined;
  return (n) => {
    if (last?.n !== n) last = { n, value: make(n) };
    return last.value;
  };
}
