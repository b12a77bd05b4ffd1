/** A seed as a parameter of node types and an option of data sets: a whole number of 32 bits. */
import { z } from 'zod';
import { text } from './text.ts';

export const seed = z
  .int()
  .min(0)
  .max(0xffffffff)
  .meta({ label: text('Seed', '随机种子') });
