/** The lessons: learning is physics, one idea each, in the order in which they are learnt. */
import type { Template } from './template.ts';

const listed: readonly Template[] = [];

/** A lesson that comes in several graphs has them one after the other, as they are listed. */
export const lessons: readonly Template[] = listed.toSorted(
  (a, b) => (a.lesson?.number ?? 0) - (b.lesson?.number ?? 0),
);
