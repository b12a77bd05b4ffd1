/** The screen of an open document: bar, palette, canvas, inspector, dock. */
import { lazy, Suspense } from 'react';
import { Dock } from '../dock/Dock.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { useT } from '../locale.ts';
import { StateLabel, useStateLabel } from '../parts/StateLabel.tsx';
import type { DocumentSession } from '../session/document-session.ts';
import { SessionProvider, useSessionState } from '../session/hooks.ts';
import { useSettings } from '../settings.ts';
import { useApp } from '../store.ts';
import { workbench } from '../strings/workbench.ts';
import { CanvasStage } from './CanvasStage.tsx';
import { LevelBar } from './LevelBar.tsx';
import { Palette } from './Palette.tsx';
import { SheetTabs } from './SheetTabs.tsx';
import { TopBar } from './TopBar.tsx';

// Fetched when a network is first looked at.
const DiagramPane = lazy(async () => ({ default: (await import('../diagram/DiagramPane.tsx')).DiagramPane }));

/** Beside the canvas, or in its place: a contraction as a tensor network. */
function Diagram() {
  const network = useSessionState((s) => s.diagram);
  return network === undefined ? null : (
    <Suspense>
      <DiagramPane network={network} />
    </Suspense>
  );
}

/** Over the canvas: of what state the numbers are that cards and wires show. */
function StageState() {
  const known = useSessionState((s) => Object.keys(s.shown.values).length > 0);
  const label = useStateLabel();
  // Where there is but one state and no rows to choose from, there is nothing to say. Its place is kept free
  // before there are values.
  return label === '' ? null : (
    <div className="stage-state" data-covers hidden={!known}>
      <StateLabel />
    </div>
  );
}

export function Workbench({ session }: { readonly session: DocumentSession }) {
  const t = useT();
  const sheet = useApp((s) => s.sheet);
  const dockOpen = useSettings((s) => s.dockOpen);
  return (
    <SessionProvider value={session}>
      <div className="workbench" data-sheet={sheet} data-dock={dockOpen ? 'open' : 'closed'}>
        <TopBar />
        <Palette />
        <main className="stage" aria-label={t(workbench.canvas)}>
          <LevelBar />
          <CanvasStage />
          <StageState />
          <Diagram />
        </main>
        <Inspector />
        <Dock />
        <SheetTabs />
      </div>
    </SessionProvider>
  );
}
