/** The page: the gallery until a document is open, then the workbench; over both, dialogs and notices. */
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { DropVeil } from './overlays/DropVeil.tsx';
import { Notice } from './overlays/Notice.tsx';
import { Overlays } from './overlays/Overlays.tsx';
import { lazily } from './parts/lazily.tsx';
import { useApp } from './store.ts';

// What the address names is opened without the gallery.
const early = location.hash.length < 2;
const Gallery = lazily(async () => (await import('./gallery/Gallery.tsx')).Gallery, { early });
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
