/** Tidy, with what it needs fetched when it is first wanted. */
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { tidyWords } from '../strings/tidy-words.ts';
import type { LayoutDirection } from './elk-graph.ts';

export async function tidy(session: DocumentSession, direction: LayoutDirection): Promise<void> {
  try {
    const { tidyLevel } = await import('./tidy-level.ts');
    await tidyLevel(session, direction);
  } catch (reason) {
    notify(sayNow(tidyWords.failed, { detail: String(reason) }));
  }
}
