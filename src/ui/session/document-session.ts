/**
 * One open document and all that belongs to it: its editor, its worker, its run, the values on its wires, its
 * autosave. Components get it by context (hooks.ts); closing it ends everything it has begun.
 */
import { createStore, type StoreApi } from 'zustand';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { serialize } from '../../../graph-schema/parse.ts';
import { createEditor } from '../../editor/index.ts';
import type { CanvasHandle } from '../canvas/props.ts';
import { type Autosave, createAutosave } from '../persistence/autosave.ts';
import type { DocumentStore, Head } from '../persistence/database.ts';
import { createRunControl, type RunControl } from '../run/run-control.ts';
import { isOn, noRun } from '../run/run-state.ts';
import { useSettings } from '../settings.ts';
import { improveAtLeisure } from '../worker/better-orders.ts';
import { followEditor } from '../worker/evaluation.ts';
import { createWorkerClient } from '../worker/worker-client.ts';
import type { SessionCore, SessionState } from './session-state.ts';

export interface DocumentSession extends SessionCore {
  /** Tells it from every other that was open on this page. */
  readonly serial: number;
  readonly run: RunControl;
  readonly autosave: Autosave;
  /** The canvas that shows it, when there is one. */
  readonly canvas: { current: CanvasHandle | null };
  /** Where it was saved to: the next save goes there without asking. */
  readonly file: { handle: FileHandle | undefined };
  /** What it has to save is saved, what it computes ends. */
  close(): void;
}

/** A file on disk, where the browser lets a page write to it (File System Access). */
export interface FileHandle {
  readonly name: string;
  createWritable(): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>;
}

export interface SessionOptions {
  readonly document: GraphDocument;
  readonly head: Pick<Head, 'id' | 'revision' | 'edited'>;
  readonly store: DocumentStore;
  readonly tab: string;
  readonly newId: () => string;
  /** The document goes on under this id: another tab has changed the old one. */
  onFork(id: string): void;
}

let serial = 0;

export function createDocumentSession(options: SessionOptions): DocumentSession {
  const { document, head, store, tab, newId, onFork } = options;
  const editor = createEditor(document);
  const client = createWorkerClient();
  const state = createStore<SessionState>()(() => ({
    id: head.id,
    save: { kind: 'saving' },
    values: {},
    gain: 1,
    port: undefined,
    run: noRun(),
    preview: undefined,
  }));
  const autosave = createAutosave({
    store,
    source: editor,
    serialize: () => serialize(editor.getState().document),
    head,
    tab,
    now: Date.now,
    newId,
    onState: (save) => state.setState({ save }),
    onFork(id) {
      state.setState({ id });
      onFork(id);
    },
  });
  const run = createRunControl({ editor, client, state });
  const ends = [
    followEditor({ editor, client, state }).end,
    improveAtLeisure({
      editor,
      improve: client.improve,
      mayLook: () => useSettings.getState().improveOrders && !isOn(state.getState().run),
      onLeisure: (listener) => onLeisure(state, listener),
      onGain: (gain) => state.setState({ gain }),
    }),
  ];
  return {
    serial: ++serial,
    editor,
    client,
    run,
    autosave,
    state,
    canvas: { current: null },
    file: { handle: undefined },
    close() {
      for (const end of ends) end();
      run.end();
      void autosave.flush();
      autosave.dispose();
      client.dispose();
    },
  };
}

/** Hears when a run begins or ends, and when the user allows or forbids what is done in the background. */
function onLeisure(state: StoreApi<SessionState>, listener: () => void): () => void {
  const ends = [
    state.subscribe((now, before) => {
      if (now.run.phase !== before.run.phase) listener();
    }),
    useSettings.subscribe((now, before) => {
      if (now.improveOrders !== before.improveOrders) listener();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
