/** The screen of an open document: bar, palette, canvas, inspector, dock; a lesson in the palette's place. */
import { fetchSessionCommands } from '../commands.ts';
import { Dock } from '../dock/Dock.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { placeIn, useProgress } from '../lesson/lesson-progress.ts';
import { useT } from '../locale.ts';
import { lazily } from '../parts/lazily.tsx';
import { StateLabel, useStateLabel } from '../parts/StateLabel.tsx';
import type { DocumentSession } from '../session/document-session.ts';
import { SessionProvider, useEditorState, useSessionState } from '../session/hooks.ts';
import { hasSteps } from '../session/lesson-actions.ts';
import { useSettings } from '../settings.ts';
import { useApp } from '../store.ts';
import { workbench } from '../strings/workbench.ts';
import { CanvasStage } from './CanvasStage.tsx';
import { LevelBar } from './LevelBar.tsx';
import { Palette } from './Palette.tsx';
import { SheetTabs } from './SheetTabs.tsx';
import { TopBar } from './TopBar.tsx';

// Fetched when a network is first looked at.
const DiagramPane = lazily(async () => (await import('../diagram/DiagramPane.tsx')).DiagramPane);

/** Beside the canvas, or in its place: a contraction as a tensor network. */
function Diagram() {
  const network = useSessionState((s) => s.diagram);
  return network === undefined ? null : <DiagramPane network={network} />;
}

const InsidePane = lazily(async () => (await import('../inside/InsidePane.tsx')).InsidePane);

/** In place of the canvas: what a node is made of. */
function Inside() {
  const node = useSessionState((s) => s.inside);
  return node === undefined ? null : <InsidePane node={node} />;
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

const LessonPanel = lazily(async () => (await import('../lesson/LessonPanel.tsx')).LessonPanel, {
  meanwhile: <aside className="lesson panel" />,
});

fetchSessionCommands();

export function Workbench({ session }: { readonly session: DocumentSession }) {
  return (
    <SessionProvider value={session}>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const t = useT();
  const sheet = useApp((s) => s.sheet);
  const teaching = useApp((s) => s.teaching);
  const dockOpen = useSettings((s) => s.dockOpen);
  const id = useSessionState((s) => s.id);
  const isLesson = useEditorState((s) => hasSteps(s.document));
  const isAway = useProgress((s) => placeIn(s, id).away);
  const editing = useApp((s) => s.editingLesson);
  const lesson = editing || (isLesson && !isAway);
  return (
    <div
      className="workbench"
      data-sheet={sheet}
      data-dock={dockOpen ? 'open' : 'closed'}
      data-lesson={lesson ? 'open' : undefined}
      data-teaching={(teaching && lesson) || undefined}
    >
      <TopBar />
      {(!lesson || sheet === 'palette') && <Palette lesson={isLesson} />}
      {lesson && <LessonPanel />}
      <main className="stage" aria-label={t(workbench.canvas)}>
        <LevelBar />
        <CanvasStage />
        <StageState />
        <Diagram />
        <Inside />
      </main>
      <Inspector />
      <Dock />
      <SheetTabs lesson={isLesson} />
    </div>
  );
}
