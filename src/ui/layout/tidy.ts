/** Tidy, with what it needs fetched when it is first wanted. */
import { text } from '../../base/text.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import type { DocumentSession } from '../session/document-session.ts';
import type { LayoutDirection } from './elk-graph.ts';

const unfetched = text('What lays the graph out could not be fetched.', '无法加载布局程序。');

export const tidy = (session: DocumentSession, direction: LayoutDirection): Promise<void> =>
  import('./tidy-level.ts').then(
    ({ tidyLevel }) => tidyLevel(session, direction),
    () => notify(sayNow(unfetched)),
  );
