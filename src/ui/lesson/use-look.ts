/** What a step speaks of is lit on the canvas and brought into view; a panel or a diagram that it speaks of is opened. */
import { useEffect } from 'react';
import type { LessonStep, Look } from '../../../graph-schema/lesson.ts';
import { type PathText, readPath, rootId } from '../../base/path.ts';
import type { Text } from '../../base/text.ts';
import { entry, nodeAt } from '../../document/levels.ts';
import type { Lit } from '../canvas/props.ts';
import { closeDiagram, openDiagram } from '../session/diagram-actions.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { useSession } from '../session/hooks.ts';
import { reveal } from '../session/reveal.ts';
import { changeSettings, type DockTab } from '../settings.ts';
import { app, setApp, useApp } from '../store.ts';
import { dock } from '../strings/dock.ts';

type Panel = Extract<Look, { panel: string }>['panel'];

export const panelTitles: Readonly<Record<Panel, Text>> = {
  values: dock.values,
  plan: dock.plan,
  charts: dock.run,
  problems: dock.problems,
};

export const dockTabOf: Readonly<Record<Panel, DockTab>> = {
  values: 'values',
  plan: 'plan',
  charts: 'run',
  problems: 'problems',
};

/** The node that is looked at, by its path. */
export function nodeIn(look: Look): PathText | undefined {
  if ('node' in look) return look.node;
  if ('picture' in look) return look.picture;
  if ('inside' in look) return look.inside;
  return 'network' in look ? look.network : undefined;
}

/** Ids of cards of the document's own level: of a node inside a block, that of the block. */
const cardsIn = (looks: readonly Look[]): readonly string[] =>
  looks.flatMap((look) => {
    const path = nodeIn(look);
    return path === undefined ? [] : (readPath(path)[0] ?? []);
  });

/** Shows where a node is, and selects it; the focus stays where that is on the document's own level. */
export function pointOutNode(session: DocumentSession, path: PathText): void {
  const id = rootId(path);
  if (id === undefined) reveal(session, { nodes: [path] });
  else pointOut(session, { nodes: [id], edges: [] });
}

/** The same of cards and wires of the document's own level. */
export function pointOut({ editor, canvas }: DocumentSession, place: Lit): void {
  const { way } = editor.getState().view;
  if (way.length > 0) editor.dispatch({ type: 'enter', way: [], select: place });
  else editor.dispatch({ type: 'select', selection: place });
  requestAnimationFrame(() => canvas.current?.bring(place));
}

/** For so many milliseconds a step's panels and pictures come and take their places. */
const settling = 2000;

export function useLook(step: LessonStep | undefined): void {
  const session = useSession();
  const teaching = useApp((s) => s.teaching);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step is looked at once, and again in the teacher's view; editing its text moves nothing.
  useEffect(() => {
    const { editor, canvas, state } = session;
    const looks = step?.look ?? [];
    const { document, view } = editor.getState();
    const nodes = cardsIn(looks).filter((id) => entry(document.nodes, id));
    const edges = looks.flatMap((look) =>
      'wire' in look && entry(document.edges, look.wire) ? [look.wire] : [],
    );
    // Pictures are drawn beside the step; where there is nothing else, their cards are shown as well.
    const others = cardsIn(looks.filter((look) => !('picture' in look)));
    const cards = others.length + edges.length > 0 ? nodes.filter((id) => others.includes(id)) : nodes;
    const panel = looks.find((look) => 'panel' in look);
    const network = looks.find((look) => 'network' in look);
    const opened = looks.find((look) => 'inside' in look);
    if (panel) changeSettings({ dockOpen: true, dockTab: dockTabOf[panel.panel] });
    if (nodes.length + edges.length === 0) return;
    // Lessons speak of the document's own level.
    if (view.way.length > 0) editor.dispatch({ type: 'enter', way: [] });
    if (network && nodeAt(document, network.network)) {
      const { sheet } = app();
      openDiagram(session, network.network);
      // On a narrow screen the lesson stays below it.
      setApp({ sheet });
    }
    if (opened && nodeAt(document, opened.inside)) state.setState({ inside: opened.inside });
    state.setState({ lit: { nodes, edges } });
    // The panel that has opened takes its place first, and so do pictures, which may have to be fetched.
    const bring = () => canvas.current?.bring({ nodes: cards, edges });
    const frame = requestAnimationFrame(() => requestAnimationFrame(bring));
    const resized = new ResizeObserver(bring);
    const stage = globalThis.document.querySelector('.stage .react-flow');
    if (stage) resized.observe(stage);
    const settled = setTimeout(() => resized.disconnect(), settling);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(settled);
      resized.disconnect();
      state.setState({ lit: undefined });
      canvas.current?.bring({ nodes: [], edges: [] });
      if (network) closeDiagram(session);
      if (opened) state.setState({ inside: undefined });
    };
  }, [session, step?.id, JSON.stringify(step?.look), teaching]);
}
