/**
 * One open document and all that belongs to it: its editor, its worker, its run, the values on its wires, its
 * autosave. Components get it by context (hooks.ts); closing it ends everything it has begun.
 */
import { createStore, type StoreApi } from 'zustand';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { withRecords } from '../../../graph-schema/named-records.ts';
import { serialize } from '../../../graph-schema/parse.ts';
import { boundAll } from '../../../graph-schema/placements.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { createEditor, type Editor } from '../../editor/index.ts';
import type { CanvasHandle } from '../canvas/props.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { type Autosave, createAutosave, type OpenedHead } from '../persistence/autosave.ts';
import type { DocumentStore, KeptState } from '../persistence/database.ts';
import { forgetDraft } from '../persistence/drafts.ts';
import { keepRuns, readRuns } from '../run/kept-run.ts';
import { pastOf, withRun } from '../run/past-runs.ts';
import { createRunControl, type RunControl, trains } from '../run/run-control.ts';
import { isOn, noRun } from '../run/run-state.ts';
import { useSettings } from '../settings.ts';
import { notices } from '../strings/notices.ts';
import { improveAtLeisure } from '../worker/better-paths.ts';
import { followEditor } from '../worker/evaluation.ts';
import { startLiveWorker } from '../worker/live-worker.ts';
import { createWorkerClient } from '../worker/worker-client.ts';
import { newSession, type SessionCore, type SessionState, together } from './session-state.ts';

export interface DocumentSession extends SessionCore {
  /** Tells it from every other that was open on this page. */
  readonly serial: number;
  readonly run: RunControl;
  readonly autosave: Autosave;
  /** The canvas that shows it, when there is one. */
  readonly canvas: { current: CanvasHandle | null };
  /** The lesson that is shown beside it, when there is one. */
  readonly lesson: { current: LessonHandle | null };
  /** Where it was saved to: the next save goes there without asking. */
  readonly file: { handle: FileHandle | undefined };
  /** Takes a file of tensors for the trained state; gives what is wrong with it. */
  takeState(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<readonly Diagnostic[]>;
  /** What it computes ends, what there is to save is saved: then it is closed. */
  close(): Promise<void>;
}

/** What keys do with the lesson that is shown. */
interface LessonHandle {
  next(): void;
  back(): void;
}

/** A document as storage has it. */
export interface StoredText {
  readonly text: string;
  /** Whether the document that is opened is this text: a draft may be newer. */
  readonly isWhole: boolean;
  /** What training has made of it. */
  readonly state: KeptState | undefined;
}

/** A file on disk, where the browser lets a page write to it (File System Access). */
export interface FileHandle {
  readonly name: string;
  createWritable(): Promise<{
    write(content: string | Uint8Array<ArrayBuffer>): Promise<void>;
    close(): Promise<void>;
  }>;
}

export interface DocumentSessionOptions {
  readonly document: GraphDocument;
  readonly head: OpenedHead;
  /** What storage has of it, if anything. */
  readonly stored?: StoredText | undefined;
  readonly store: DocumentStore;
  readonly tab: string;
  readonly newId: () => string;
  /** The document goes on under this id: another tab has changed the old one. */
  onFork(id: string): void;
}

/** Milliseconds after which the worker that trains is started, where there is something to train. */
const PREPARE = 1000;

let serial = 0;

export function createDocumentSession(options: DocumentSessionOptions): DocumentSession {
  const { document, head, stored, store, tab, newId, onFork } = options;
  const editor = telling(createEditor(boundAll(withRecords(document))));
  const client = createWorkerClient(startLiveWorker, (detail) =>
    notify(sayNow(notices.workerFault, { detail })),
  );
  const state = createStore<SessionState>()(() => newSession(head.id));
  // Before anything is asked that depends on it.
  if (stored?.state) void takeKept(stored.state);

  async function takeKept({ bytes, run }: KeptState): Promise<void> {
    const taken = await client.takeState(bytes, document.name);
    if ('bytes' in taken) {
      autosave.isKept(taken);
      const kept = readRuns(run);
      const made = kept.run.step === taken.step ? taken : undefined;
      state.setState({ ...kept, trained: taken, run: { ...kept.run, made } });
    } else if (taken[0]) notify(sayNow(notices.stateUnreadable, { reason: sayNow(taken[0].message) }));
  }
  const autosave = createAutosave({
    store,
    source: {
      getState: () => ({ ...editor.getState(), trained: state.getState().trained }),
      subscribe: together({ editor, state }).subscribe,
    },
    serialize: () => serialize(editor.getState().document),
    state() {
      const { trained, run, pastRuns } = state.getState();
      return trained && { bytes: trained.bytes, run: keepRuns(run, trained.step, pastRuns) };
    },
    head,
    stored,
    tab,
    now: Date.now,
    newId,
    onState(save) {
      state.setState({ save });
      if (save.kind === 'saved' || save.kind === 'partly') forgetDraft(state.getState().id);
    },
    onFork(id) {
      state.setState({ id });
      onFork(id);
    },
  });
  const run = createRunControl({ editor, client, state });
  const preparing = setTimeout(() => trains(editor.getState()) && client.prepareRun(), PREPARE);
  const ends = [
    () => clearTimeout(preparing),
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
    lesson: { current: null },
    file: { handle: undefined },
    async takeState(bytes, file) {
      await run.end();
      const taken = await client.takeState(bytes, file);
      if (!('bytes' in taken)) return taken;
      const { run: last, pastRuns } = state.getState();
      const { number } = last;
      state.setState({
        trained: taken,
        run: { ...noRun(), number, step: taken.step, begun: taken.step, whole: false },
        pastRuns: withRun(pastRuns, pastOf(last)),
      });
      notify(sayNow(notices.stateTaken, { file, step: taken.step }));
      return [];
    },
    async close() {
      for (const end of ends) end();
      await run.end();
      await autosave.flush();
      autosave.dispose();
      client.dispose();
    },
  };
}

/** The editor of a page: what stands in the way of a command is said. */
const telling = (editor: Editor): Editor => ({
  ...editor,
  dispatch(command) {
    const faults = editor.dispatch(command);
    if (faults[0]) notify(sayNow(faults[0].message));
    return faults;
  },
});

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
