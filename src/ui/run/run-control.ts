/**
 * The run as the page steers it: begin, go on, pause, step, stop. What the worker tells meanwhile lands in the
 * session's state and in the curves (run-listener.ts), never in the document.
 */
import { isError } from '../../base/diagnostic.ts';
import { portKey } from '../../base/path.ts';
import { registryOf } from '../../catalogue/index.ts';
import type { Checked } from '../../compiler/types.ts';
import { drawings } from '../../document/levels.ts';
import type { EditorState } from '../../editor/index.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { type SessionCore, type SessionState, together } from '../session/session-state.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { dockNames as dock } from '../strings/dock-names.ts';
import { notices } from '../strings/notices.ts';
import { picturedPorts, tensorsOf } from '../worker/evaluation.ts';
import type { RunHandle } from '../worker/worker-client.ts';
import { createCurves } from './curves.ts';
import { curvesUpTo, pastOf, withRun } from './past-runs.ts';
import { createRunListener } from './run-listener.ts';
import { isOn, noRun, type RunState } from './run-state.ts';

/** Elements of ports that a run shows without being asked for: the small ports first, as many as fit. */
const WATCHED = 2 ** 18;

export interface RunControl {
  /** Trains from first values, or resumes a paused run; where it cannot, the page says why. */
  start(): void;
  /** Trains from first values with settings that a sweep has made. */
  tryOut(settings: NonNullable<RunState['tried']>): void;
  /** Trains on from the trained state. */
  goOn(): void;
  pause(): void;
  resume(): void;
  /** While paused: exactly one more training step. */
  step(): void;
  stop(): void;
  /** A run that is on hands over the state that it has now, to be kept. */
  keep(): void;
  /** Stops a run whose document is being closed: done when its state has come. */
  end(): Promise<void>;
}

/** Whether the graph has something that trains. */
export const trains = ({ document }: Pick<EditorState, 'document'>): boolean =>
  drawings(document).some(({ nodes }) =>
    Object.values(nodes).some((node) => registryOf(document).find(node.type)?.trains),
  );

export function createRunControl(core: SessionCore): RunControl {
  const { editor, client, state } = core;
  /** The run that is on. */
  let current:
    | { readonly handle: RunHandle; readonly unwatch: () => void; readonly ended: Promise<void> }
    | undefined;
  const phase = () => state.getState().run.phase;
  const both = together(core);
  const wanted = () => wantedIn(both.getState());

  /** Whether there is something to train; says what stands in the way. */
  function mayRun(): boolean {
    const at = editor.getState();
    if (at.checked.diagnostics.some(isError)) {
      changeSettings({ dockOpen: true, dockTab: 'problems' });
      notify(sayNow(dock.cannotRun));
      return false;
    }
    if (!trains(at)) {
      changeSettings({ dockOpen: true, dockTab: 'values' });
      notify(sayNow(dock.nothingTrains));
      return false;
    }
    return true;
  }

  function begin(goOn: boolean, tried?: RunState['tried']): void {
    if (!mayRun()) return;
    const { dockTab, threads } = useSettings.getState();
    // Who looks at pictures, or at the model in use, goes on looking.
    changeSettings({ dockOpen: true, dockTab: ['pictures', 'use'].includes(dockTab) ? dockTab : 'run' });
    const { document, structureRevision } = editor.getState();
    const { run: last, trained, fit, pastRuns } = state.getState();
    // Of a run that was read back it is known by its state alone whether the drawing is still the same.
    const isSame = last.revision === structureRevision || (last.revision < 0 && fit?.changed === false);
    const number = 1 + Math.max(last.number, ...pastRuns.map((run) => run.number));
    const next = nextRun({ ...noRun(), number }, last, { from: goOn ? trained?.step : undefined, isSame });
    state.setState({
      run: { ...next, tried, document, revision: structureRevision, phase: 'running' },
      // What goes on is not over.
      pastRuns: next.number === last.number ? pastRuns : withRun(pastRuns, pastOf(last)),
    });
    let seen = editor.getState().selection;
    let { looked } = state.getState();
    const unwatch = both.subscribe(() => {
      const { editor: now, session } = both.getState();
      if (now.selection === seen && session.looked === looked) return;
      seen = now.selection;
      looked = session.looked;
      current?.handle.show(wanted());
    });
    let over = () => {};
    const ended = new Promise<void>((resolve) => {
      over = resolve;
    });
    const end = () => {
      unwatch();
      current = undefined;
      over();
    };
    const listener = createRunListener(state, end, () => picturedPorts(editor.getState()));
    const { shown } = state.getState();
    if (shown.step === next.step) listener.frame(shown);
    const resumed = (step: number) => {
      listener.resumed(step);
      notify(sayNow(notices.workerResumed, { step }));
    };
    const request = { ...wanted(), goOn, ...(threads !== 'auto' && { threads }) };
    current = { handle: client.run(document, request, { ...listener, resumed }), unwatch, ended };
  }

  function resume(): void {
    if (phase() !== 'paused') return;
    current?.handle.resume();
    state.setState(({ run }) => ({ run: { ...run, phase: 'running' } }));
  }

  return {
    start: () => (isOn(state.getState().run) ? resume() : begin(false)),
    tryOut: (settings) => begin(false, settings),
    goOn: () => (isOn(state.getState().run) ? resume() : begin(state.getState().trained !== undefined)),
    pause() {
      if (phase() === 'running') current?.handle.pause();
    },
    resume,
    step() {
      if (phase() === 'paused') current?.handle.step();
    },
    stop() {
      if (isOn(state.getState().run)) current?.handle.stop();
    },
    keep: () => current?.handle.keep(),
    async end() {
      const going = current;
      going?.unwatch();
      going?.handle.stop();
      await going?.ended;
    },
  };
}

/**
 * A run that begins with first values, or goes on from the state after `from` steps. Where that is the end of the last
 * run, it is the same run; where it is a step within it, its curves go on from there: a fork.
 */
function nextRun(
  fresh: RunState,
  last: RunState,
  { from, isSame }: { readonly from: number | undefined; readonly isSame: boolean },
): RunState {
  if (from === undefined) return fresh;
  const { curves, frames, drawn, begun, number, step, best } = last;
  const isKnown = number > 0 && begun <= from && from <= step;
  if (!isKnown) return { ...fresh, step: from, begun: from, whole: false };
  const shared = { begun, step: from, drawn, whole: last.whole && isSame };
  if (from === step) return { ...fresh, ...shared, number, curves, frames, best, fork: last.fork };
  return {
    ...fresh,
    ...shared,
    curves: createCurves(curvesUpTo(from, curves.all())),
    best: best && best.step <= from ? best : undefined,
    fork: { of: number, step: from },
  };
}

/** What a run shows: the ports that are selected or looked at, and of the others as many as are cheap. */
function wantedIn({ editor, session }: { editor: EditorState; session: SessionState }) {
  const { checked, view, selection } = editor;
  const selected = new Set(selection.nodes.map(view.pathOf));
  const sources = selection.edges.flatMap((id) => view.graph.edges[id]?.from ?? []);
  const probes = new Set(sources.flatMap((from) => view.valueKey(from) ?? []));
  if (session.looked?.kind === 'port') probes.add(session.looked.port);
  const ports = Object.entries(checked.nodes).flatMap(([path, node]) =>
    portsShown(node).map((name) => ({ path, key: portKey(path, name), size: elementsOf(node, name) })),
  );
  let left = WATCHED;
  for (const { path, key, size } of ports.sort((a, b) => a.size - b.size)) {
    left -= size;
    if (selected.has(path) || left >= 0) probes.add(key);
  }
  const pictures = picturedPorts(editor);
  return { probes: [...probes], tensors: tensorsOf(session), pictures, checks: true };
}

/** A node without outputs shows what comes in. */
const portsShown = ({ inputs, outputs }: Checked['nodes'][string]): string[] =>
  (outputs.length > 0 ? outputs : inputs).map(({ name }) => name);

const elementsOf = ({ inputTypes, outputTypes }: Checked['nodes'][string], port: string): number =>
  (outputTypes[port] ?? inputTypes[port])?.axes.reduce(
    (n, axis) => n * (axis.size ?? Number.POSITIVE_INFINITY),
    1,
  ) ?? Number.POSITIVE_INFINITY;
