/**
 * The run as the page sees it: begin, pause, step, stop, and what the worker tells meanwhile. Ticks land
 * in the page's state and in the curves, never in the document.
 */
import { type Diagnostic, isError } from '../base/diagnostic.ts';
import { findNodeType } from '../catalogue/index.ts';
import type { Checked } from '../compiler/types.ts';
import type { Editor, EditorState } from '../editor/index.ts';
import { client, isRunning } from './evaluation.ts';
import { sayNow } from './locale.ts';
import { changeSettings } from './settings.ts';
import { app, noRun, notify, type RunState, setApp } from './store.ts';
import { dock } from './strings/dock.ts';
import type { RunEvent, RunHandle } from './worker-client.ts';

/** Ports with no more elements than this are watched during a run without being asked for. */
const CHEAP = 256;
/** Milliseconds over which the step rate is taken. */
const RATE_WINDOW = 1000;

let handle: RunHandle | undefined;
let unwatch: (() => void) | undefined;

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
  const meter = rateMeter();
  handle = client.run(
    { document: state.document, probes: watchedPorts(state) },
    {
      event: (event) => receive(event, meter),
      paused: (step) => update({ phase: 'paused', step }),
      lost: fail,
    },
  );
  let { selection } = state;
  unwatch = editor.subscribe(() => {
    const now = editor.getState();
    if (now.selection === selection) return;
    selection = now.selection;
    handle?.probe(watchedPorts(now));
  });
}

export function pauseRun(): void {
  if (app().run.phase === 'running') handle?.pause();
}

export function resumeRun(): void {
  if (app().run.phase !== 'paused') return;
  handle?.resume();
  update({ phase: 'running' });
}

export function stepRun(): void {
  if (app().run.phase === 'paused') handle?.step();
}

export function stopRun(): void {
  if (isRunning()) handle?.stop();
}

/** Stops a run whose document is being closed; what it still says is not heard. */
export function endRun(): void {
  unwatch?.();
  unwatch = undefined;
  handle?.stop();
  handle = undefined;
}

const update = (change: Partial<RunState>) => setApp({ run: { ...app().run, ...change } });

function finish(phase: RunState['phase'], change: Partial<RunState> = {}): void {
  unwatch?.();
  unwatch = undefined;
  handle = undefined;
  update({ phase, ...change });
}

function fail(diagnostics: readonly Diagnostic[], step = app().run.step): void {
  finish('failed', { diagnostics, step });
}

function receive(event: RunEvent, meter: (step: number) => number): void {
  const { run } = app();
  switch (event.type) {
    case 'started': {
      const { seed, steps, engine, parameters } = event;
      update({ seed, steps, engine, parameters });
      break;
    }
    case 'progress': {
      run.curves.addTraining(event.from, event.metrics);
      const newest = Object.entries(event.metrics).flatMap(([name, list]) => {
        const last = list.at(-1);
        return last === undefined ? [] : [[name, last] as const];
      });
      const step = event.from + Math.max(0, ...Object.values(event.metrics).map((list) => list.length));
      const metrics = { ...run.metrics, ...Object.fromEntries(newest) };
      update({ metrics, step, rate: meter(step), drawn: run.drawn + 1 });
      break;
    }
    case 'evaluated':
      run.curves.addEvaluation(event.step, event.metrics);
      update({ metrics: { ...run.metrics, ...event.metrics }, drawn: run.drawn + 1 });
      break;
    case 'values':
      setApp({ values: { ...app().values, ...event.values } });
      break;
    case 'failed':
      fail(event.diagnostics as Diagnostic[], event.step);
      break;
    case 'finished':
      finish(event.stopped ? 'stopped' : 'finished', {
        step: event.step,
        metrics: { ...run.metrics, ...event.metrics },
      });
      break;
  }
}

/** Steps per second over the last moment. */
function rateMeter(): (step: number) => number {
  let marks: { readonly at: number; readonly step: number }[] = [{ at: performance.now(), step: 0 }];
  return (step) => {
    const at = performance.now();
    marks = [...marks.filter((m) => at - m.at < RATE_WINDOW), { at, step }];
    const first = marks[0];
    return first && at > first.at ? (1000 * (step - first.step)) / (at - first.at) : app().run.rate;
  };
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
