/**
 * The run as the page steers it: begin, pause, step, stop. What the worker tells meanwhile lands in the
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
import type { SessionCore } from '../session/session-state.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { dock } from '../strings/dock.ts';
import type { RunHandle } from '../worker/worker-client.ts';
import { createRunListener, type PageRunListener } from './run-listener.ts';
import { isOn, noRun } from './run-state.ts';

/** Ports with no more elements than this are watched during a run without being asked for. */
const CHEAP = 256;

export interface RunControl {
  /** Trains from first values, or goes on where the run is paused; where it cannot, the page says why. */
  start(): void;
  pause(): void;
  resume(): void;
  /** While paused: exactly one more training step. */
  step(): void;
  stop(): void;
  /** Stops a run whose document is being closed; what it still says is not heard. */
  end(): void;
}

/** Whether the graph has something that trains. */
export const trains = ({ document }: EditorState): boolean =>
  drawings(document).some(({ nodes }) =>
    Object.values(nodes).some((node) => registryOf(document).find(node.type)?.trains),
  );

export function createRunControl({ editor, client, state }: SessionCore): RunControl {
  /** The run that is on. */
  let current:
    | { readonly handle: RunHandle; readonly listener: PageRunListener; readonly unwatch: () => void }
    | undefined;
  const phase = () => state.getState().run.phase;

  function begin(): void {
    const at = editor.getState();
    state.setState({ run: { ...noRun(), phase: 'running' } });
    let { selection } = at;
    const unwatch = editor.subscribe(() => {
      const now = editor.getState();
      if (now.selection === selection) return;
      selection = now.selection;
      current?.handle.show({ probes: watchedPorts(now) });
    });
    const listener = createRunListener(state, () => {
      unwatch();
      current = undefined;
    });
    const { threads } = useSettings.getState();
    const handle = client.run(
      at.document,
      {
        probes: watchedPorts(at),
        ...(threads !== 'auto' && { threads }),
      },
      listener,
    );
    current = { handle, listener, unwatch };
  }

  function resume(): void {
    if (phase() !== 'paused') return;
    current?.handle.resume();
    state.setState(({ run }) => ({ run: { ...run, phase: 'running' } }));
  }

  return {
    start() {
      if (isOn(state.getState().run)) return resume();
      const at = editor.getState();
      if (at.checked.diagnostics.some(isError)) {
        changeSettings({ dockOpen: true, dockTab: 'problems' });
        notify(sayNow(dock.cannotRun));
        return;
      }
      if (!trains(at)) {
        changeSettings({ dockOpen: true, dockTab: 'values' });
        notify(sayNow(dock.nothingTrains));
        return;
      }
      changeSettings({ dockOpen: true, dockTab: 'run' });
      begin();
    },
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
    end() {
      current?.unwatch();
      current?.listener.close();
      current?.handle.stop();
      current = undefined;
    },
  };
}

/** What a run shows on the wires: the small ports, and the large ones that are selected. */
function watchedPorts({ checked, view, selection }: EditorState): string[] {
  const selected = new Set(selection.nodes.map(view.pathOf));
  const sources = selection.edges.flatMap((id) => view.graph.edges[id]?.from ?? []);
  const watched = new Set(sources.flatMap((from) => view.valueKey(from) ?? []));
  for (const [id, node] of Object.entries(checked.nodes))
    for (const port of node.outputs)
      if (selected.has(id) || elementsOf(node, port.name) <= CHEAP) watched.add(portKey(id, port.name));
  return [...watched];
}

const elementsOf = (node: Checked['nodes'][string], port: string): number =>
  node.outputTypes[port]?.axes.reduce((n, axis) => n * (axis.size ?? Number.POSITIVE_INFINITY), 1) ??
  Number.POSITIVE_INFINITY;
