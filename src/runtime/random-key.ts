/** What a step's random numbers depend on, as a program takes it in: see RandomOp. */
import { keyFrom } from '../base/random.ts';

export const randomKeySize = 4;

/** Training and evaluation draw from streams of their own: noise that a step has learned from is not met again. */
const purposes = { train: 'draw', test: 'draw for evaluation' } as const;

/** The key of a step in four halves of 16 bits, which float32 holds exactly. */
export const randomKey = (seed: number, step: number, rows: keyof typeof purposes = 'train'): number[] =>
  keyFrom(seed, purposes[rows], step).flatMap((word) => [word >>> 16, word & 0xffff]);
