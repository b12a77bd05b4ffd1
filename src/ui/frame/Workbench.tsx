/** The screen of an open document: bar, palette, canvas, inspector, dock. */
import { Dock } from '../dock/Dock.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { useT } from '../locale.ts';
import { EditorProvider } from '../session/editor-hooks.ts';
import { useSettings } from '../settings.ts';
import { type Session, useApp } from '../store.ts';
import { workbench } from '../strings/workbench.ts';
import { CanvasStage } from './CanvasStage.tsx';
import { Palette } from './Palette.tsx';
import { SheetTabs } from './SheetTabs.tsx';
import { TopBar } from './TopBar.tsx';

export function Workbench({ session }: { readonly session: Session }) {
  const t = useT();
  const sheet = useApp((s) => s.sheet);
  const dockOpen = useSettings((s) => s.dockOpen);
  return (
    <EditorProvider value={session.editor}>
      <div className="workbench" data-sheet={sheet} data-dock={dockOpen ? 'open' : 'closed'}>
        <TopBar />
        <Palette />
        <main className="stage" aria-label={t(workbench.canvas)}>
          <CanvasStage editor={session.editor} />
        </main>
        <Inspector />
        <Dock />
        <SheetTabs />
      </div>
    </EditorProvider>
  );
}
