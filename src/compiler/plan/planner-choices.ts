/** What the planner chooses for speed or room alone. Each choice can be switched off: results stay the same. */
import { fusionNames } from './fuse/index.ts';

export const choiceNames = [
  /** Windows are read where they lie, by products too; else they are copied first ("im2col"). */
  'readWindows',
  /** Element-wise values that one reduction reads are computed inside it. */
  'fuseReductions',
  /** Products whose windows are added up are products by classes of positions. */
  'foldProducts',
  /** Results lie in memory as what reads them likes best; else as their axes stand. */
  'memoryOrder',
  ...fusionNames,
  /** Steps write where they read, if nobody else reads there: new state over old, a result over an operand. */
  'inPlace',
  /** Recurrences are loops; else all of them are written out, iteration by iteration. */
  'loops',
  /** Buffers share bytes where their lifetimes do not meet. */
  'shareBytes',
] as const;

export type ChoiceName = (typeof choiceNames)[number];
