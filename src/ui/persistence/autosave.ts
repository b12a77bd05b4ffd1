/**
 * Autosave of one open document and of what training has made of its state: a moment after each change, and
 * at once when the page is hidden.
 * Two tabs on one document never overwrite each other: the one that comes second goes on as a copy.
 * When storage fails the page keeps working, says so, and tries again; where there is room for the text alone,
 * the text is saved.
 */
import { fill, type Text } from '../../base/text.ts';
import { type Followed, follow } from '../session/follow.ts';
import { notices } from '../strings/notices.ts';
import type { DocumentStore, Head, KeptState, WriteResult } from './database.ts';

export type SaveState =
  | { readonly kind: 'saved' }
  /** But for the trained state. */
  | { readonly kind: 'partly'; readonly reason: Text }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly reason: Text };

/** Milliseconds between a change and its saving, and between a failure and the next try. */
const PAUSE = 300;
const RETRY = 5000;

/** The little an autosave asks of an editor, and of what is trained. */
export type Source = Followed<{
  readonly revision: number;
  readonly edited: boolean;
  readonly document: { readonly name: string };
  /** Another object whenever there is another state. */
  readonly trained: object | undefined;
}>;

export interface AutosaveOptions {
  readonly store: DocumentStore;
  readonly source: Source;
  readonly serialize: () => string;
  /** What is kept of the trained state now. */
  readonly state: () => KeptState | undefined;
  readonly head: Pick<Head, 'id' | 'revision' | 'edited'>;
  readonly tab: string;
  readonly now: () => number;
  readonly newId: () => string;
  onState(state: SaveState): void;
  /** The document has a new id from here on: another tab changed the old one. */
  onFork(id: string): void;
}

export interface Autosave {
  /** The last text that storage has not taken yet; undefined when all is safe. */
  pending(): { readonly id: string; readonly revision: number; readonly text: string } | undefined;
  /** Saves what is to be saved, without waiting for a pause. */
  flush(): Promise<void>;
  dispose(): void;
}

export function createAutosave(options: AutosaveOptions): Autosave {
  const { store, source, serialize, state: keptState, tab, now, newId, onState, onFork } = options;
  let { id, revision, edited } = options.head;
  let savedRevision = source.getState().revision;
  let savedTrained = source.getState().trained;
  /** The state that storage has: with the last text, unless there was no room. */
  let keptTrained = savedTrained;
  /** What the source last told. */
  let seen = source.getState();
  // What was just opened is written once as it is, so that a reload finds it.
  let dirty = true;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    const state = source.getState();
    const { name } = state.document;
    dirty = false;
    const text = serialize();
    const head = (): Head => ({ id, name, revision: revision + 1, tab, savedAt: now(), edited });
    try {
      const without = await writeWith(
        state.trained,
        (kept) => store.write(head(), text, kept),
        () => {
          id = newId();
          revision = 0;
          onFork(id);
        },
      );
      revision++;
      savedRevision = state.revision;
      savedTrained = state.trained;
      if (dirty) onState({ kind: 'saving' });
      else onState(without ? { kind: 'partly', reason: without } : { kind: 'saved' });
    } catch (error) {
      dirty = true;
      onState({ kind: 'failed', reason: reasonOf(error) });
      following.again(RETRY);
    }
  }

  /** Writes the text with its state, or the text alone where both are too much: then the result says why. */
  async function writeWith(
    trained: object | undefined,
    put: (kept?: KeptState | 'forgotten') => Promise<WriteResult>,
    fork: () => void,
  ): Promise<Text | undefined> {
    const changed = trained === keptTrained ? undefined : (keptState() ?? 'forgotten');
    const all = async (kept: typeof changed) => {
      if ((await put(kept)) === 'written') return;
      fork();
      await put(keptState());
    };
    try {
      await all(changed);
      keptTrained = trained;
      return undefined;
    } catch (error) {
      if (!trained || !isFull(error)) throw error;
      await all('forgotten');
      keptTrained = undefined;
      return reasonOf(error);
    }
  }

  async function flush(): Promise<void> {
    while (writing) await writing;
    if (!dirty) return;
    writing = write();
    await writing;
    writing = undefined;
  }

  const unsubscribe = source.subscribe(() => {
    const state = source.getState();
    if (state.revision === seen.revision && state.trained === seen.trained) return;
    seen = state;
    if (state.revision === savedRevision && state.trained === savedTrained) return;
    edited ||= state.edited || state.trained !== undefined;
    dirty = true;
    if (state.revision !== savedRevision) onState({ kind: 'saving' });
  });
  const following = follow(
    source,
    PAUSE,
    ({ revision, trained }) => [revision, trained],
    () => void flush(),
  );
  following.again(0);

  return {
    pending: () => (dirty || writing ? { id, revision, text: serialize() } : undefined),
    flush,
    dispose() {
      following.end();
      unsubscribe();
    },
  };
}

const isFull = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

function reasonOf(error: unknown): Text {
  const name = error instanceof Error ? error.name : '';
  if (isFull(error)) return notices.storageFull;
  if (name === 'SecurityError' || name === 'InvalidStateError') return notices.storageBlocked;
  return fill(notices.storageFailed, { detail: error instanceof Error ? error.message : String(error) });
}
