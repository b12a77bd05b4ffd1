/** The page: the gallery until a document is open, then the workbench; over both, dialogs and notices. */
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Gallery } from './gallery/Gallery.tsx';
import { DropVeil } from './overlays/DropVeil.tsx';
import { Notice } from './overlays/Notice.tsx';
import { Overlays } from './overlays/Overlays.tsx';
import { useApp } from './store.ts';

// Fetched beside the gallery, not before it.
const fetching = import('./frame/Workbench.tsx');
const Workbench = lazy(async () => ({ default: (await fetching).Workbench }));

export function App() {
  const session = useApp((s) => s.session);
  return (
    <ErrorBoundary>
      <Suspense>{session ? <Workbench key={session.serial} session={session} /> : <Gallery />}</Suspense>
      <Overlays />
      <Notice />
      <DropVeil />
    </ErrorBoundary>
  );
}
