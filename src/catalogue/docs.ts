/**
 * What each node type is, in a sentence, apart from all else that is known of it: the page fetches this beside its
 * first screen. Its build puts the sentences themselves in the place of this module (vite.config.ts).
 */
import type { Text } from '../base/text.ts';
import { installEverything } from './everything.ts';
import { catalogue } from './index.ts';

installEverything();

/** By type. */
export const docs: Readonly<Record<string, Text>> = Object.fromEntries(
  catalogue.map(({ type, doc }) => [type, doc]),
);
