/**
 * The run as the page steers it: begin, pause, step, stop. What the worker tells meanwhile lands in the
 * page's state and in the curves (run-listener.ts), never in the document.
 */
import { isError } from '../../base/diagnostic.ts';
import { findNodeType } from '../../catalogue/index.ts';
import type { Checked } from '../../compiler/types.ts';
import type { Editor, EditorState } from '../../editor/index.ts';
import { sayNow } from '../locale.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { app, noRun, notify, setApp } from '../store.ts';
import { dock } from '../strings/dock.ts';
import { client, isRunning } from '../worker/evaluation.ts';
import type { RunHandle } from '../worker/worker-client.ts';
import { createRunListener, type PageRunListener } from './run-listener.ts';

/** Ports with no more elements than this are watched during a run without being asked for. */
const CHEAP = 256;

/** The run that is on. */
let current:
  | { readonly handle: RunHandle; readonly listener: PageRunListener; readonly unwatch: () => void }
  | undefined;

/** Whether the graph has something that trains. */
export const trains = ({ document }: EditorState): boolean =>
  Object.values(document.nodes).some((node) => findNodeType(node.type)?.trains);

export function startRun(): void {
  const { session, run } = app();
  if (!session || isRunning()) {
    if (run.phase === 'paused') resumeRun();
    return;
  }
  const state = session.editor.getState();
  if (state.checked.diagnostics.some(isError)) {
    changeSettings({ dockOpen: true, dockTab: 'problems' });
    notify(sayNow(dock.cannotRun));
    return;
  }
  if (!trains(state)) {
    changeSettings({ dockOpen: true, dockTab: 'values' });
    notify(sayNow(dock.nothingTrains));
    return;
  }
  changeSettings({ dockOpen: true, dockTab: 'run' });
  begin(session.editor);
}

function begin(editor: Editor): void {
  const state = editor.getState();
  setApp({ run: { ...noRun(), phase: 'running' } });
  let { selection } = state;
  const unwatch = editor.subscribe(() => {
    const now = editor.getState();
    if (now.selection === selection) return;
    selection = now.selection;
    current?.handle.probe(watchedPorts(now));
  });
  const listener = createRunListener(() => {
    unwatch();
    current = undefined;
  });
  const { threads } = useSettings.getState();
  const handle = client.run(
    {
      document: state.document,
      probes: watchedPorts(state),
      ...(threads !== 'auto' && { threads }),
    },
    listener,
  );
  current = { handle, listener, unwatch };
}

export function pauseRun(): void {
  if (app().run.phase === 'running') current?.handle.pause();
}

export function resumeRun(): void {
  if (app().run.phase !== 'paused') return;
  current?.handle.resume();
  setApp({ run: { ...app().run, phase: 'running' } });
}

export function stepRun(): void {
  if (app().run.phase === 'paused') current?.handle.step();
}

export function stopRun(): void {
  if (isRunning()) current?.handle.stop();
}

/** Stops a run whose document is being closed; what it still says is not heard. */
export function endRun(): void {
  current?.unwatch();
  current?.listener.close();
  current?.handle.stop();
  current = undefined;
}

/** What a run shows on the wires: the small ports, and the large ones that are selected. */
function watchedPorts({ checked, document, selection }: EditorState): string[] {
  const selected = new Set(selection.nodes);
  const sources = selection.edges.flatMap((id) => document.edges[id]?.from ?? []);
  const watched = new Set(sources.map((from) => `${from.node}.${from.port}`));
  for (const [id, node] of Object.entries(checked.nodes))
    for (const port of node.outputs)
      if (selected.has(id) || elementsOf(node, port.name) <= CHEAP) watched.add(`${id}.${port.name}`);
  return [...watched];
}

const elementsOf = (node: Checked['nodes'][string], port: string): number =>
  node.outputTypes[port]?.axes.reduce((n, axis) => n * (axis.size ?? Number.POSITIVE_INFINITY), 1) ??
  Number.POSITIVE_INFINITY;
