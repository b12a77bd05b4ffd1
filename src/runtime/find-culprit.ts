/** The search for what first went wrong, fetched when something has. */
import type { findCulprit as Search } from './culprit.ts';

export const findCulprit: typeof Search = async (...given) =>
  (await import('./culprit.ts')).findCulprit(...given);
