/** The dialogs that lie over the page, one at a time. */
import { lazy, Suspense } from 'react';
import { setApp, useApp } from '../store.ts';
import { BadFile } from './BadFile.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { FindNode } from './FindNode.tsx';
import { Help } from './Help.tsx';
import { Leave } from './Leave.tsx';

// The pages bring the compiler and all examples with them; few are ever opened.
const CodePage = lazy(async () => ({ default: (await import('./CodePage.tsx')).CodePage }));

export function Overlays() {
  const overlay = useApp((s) => s.overlay);
  const session = useApp((s) => s.session);
  const close = () => setApp({ overlay: undefined });
  switch (overlay?.kind) {
    case 'help':
      return <Help onClose={close} />;
    case 'commands':
      return <CommandPalette session={session} onClose={close} />;
    case 'find':
      return session ? <FindNode session={session} onClose={close} /> : null;
    case 'code':
      return (
        <Suspense>
          <CodePage code={overlay.code} onClose={close} />
        </Suspense>
      );
    case 'badFile':
      return <BadFile {...overlay} onClose={close} />;
    case 'leave':
      return session ? <Leave session={session} answer={overlay.answer} /> : null;
    default:
      return null;
  }
}
