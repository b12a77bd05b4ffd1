/** The page: the gallery until a document is open, then the workbench; over both, dialogs and notices. */
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Workbench } from './frame/Workbench.tsx';
import { Gallery } from './gallery/Gallery.tsx';
import { DropVeil } from './overlays/DropVeil.tsx';
import { Notice } from './overlays/Notice.tsx';
import { Overlays } from './overlays/Overlays.tsx';
import { useApp } from './store.ts';

export function App() {
  const session = useApp((s) => s.session);
  return (
    <ErrorBoundary>
      {session ? <Workbench key={session.serial} session={session} /> : <Gallery />}
      <Overlays />
      <Notice />
      <DropVeil />
    </ErrorBoundary>
  );
}
