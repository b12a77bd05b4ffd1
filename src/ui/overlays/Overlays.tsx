/** The dialogs that lie over the page, one at a time. */
import { HeldKeys } from '../parts/HeldKeys.tsx';
import { lazily } from '../parts/lazily.tsx';
import { setApp, useApp } from '../store.ts';

// In lists one types at once; what is read is fetched when it opens.
const early = { early: true, meanwhile: <HeldKeys /> };
const CommandPalette = lazily(async () => (await import('./CommandPalette.tsx')).CommandPalette, early);
const FindNode = lazily(async () => (await import('./FindNode.tsx')).FindNode, early);
const CodePage = lazily(async () => (await import('./CodePage.tsx')).CodePage);
const BadFile = lazily(async () => (await import('./BadFile.tsx')).BadFile);
const Help = lazily(async () => (await import('./Help.tsx')).Help);
const DataDialog = lazily(async () => (await import('../data/DataDialog.tsx')).DataDialog);
const ExportDialog = lazily(async () => (await import('../torch/ExportDialog.tsx')).ExportDialog);
const WeightsDialog = lazily(async () => (await import('../torch/WeightsDialog.tsx')).WeightsDialog);
const Leave = lazily(async () => (await import('./Leave.tsx')).Leave);

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
      return <CodePage code={overlay.code} onClose={close} />;
    case 'badFile':
      return <BadFile {...overlay} onClose={close} />;
    case 'data':
      return session ? <DataDialog session={session} {...overlay} onClose={close} /> : null;
    case 'exportTorch':
      return session ? <ExportDialog session={session} onClose={close} /> : null;
    case 'weights':
      return session ? <WeightsDialog session={session} {...overlay} onClose={close} /> : null;
    case 'leave':
      return session ? <Leave session={session} answer={overlay.answer} /> : null;
    default:
      return null;
  }
}
