/** What a step's random numbers depend on, as a program takes it in: see RandomOp. */
import { keyFrom } from '../base/random.ts';

export const randomKeySize = 4;

/** The key of a step in four halves of 16 bits, which float32 holds exactly. */
export const randomKey = (seed: number, step: number): number[] =>
  keyFrom(seed, 'draw', step).flatMap((word) => [word >>> 16, word & 0xffff]);
