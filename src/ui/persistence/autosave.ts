/**
 * Autosave of one open document: a moment after each change, and at once when the page is hidden.
 * Two tabs on one document never overwrite each other: the one that comes second goes on as a copy.
 * When storage fails the page keeps working, says so, and tries again.
 */
import { fill, type Text } from '../../base/text.ts';
import { type Followed, follow } from '../session/follow.ts';
import { notices } from '../strings/notices.ts';
import type { DocumentStore, Head } from './database.ts';

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly reason: Text };

/** Milliseconds between a change and its saving, and between a failure and the next try. */
const PAUSE = 300;
const RETRY = 5000;

/** The little an autosave asks of an editor. */
export type Source = Followed<{
  readonly revision: number;
  readonly edited: boolean;
  readonly document: { readonly name: string };
}>;

export interface AutosaveOptions {
  readonly store: DocumentStore;
  readonly source: Source;
  readonly serialize: () => string;
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
  const { store, source, serialize, tab, now, newId, onState, onFork } = options;
  let { id, revision, edited } = options.head;
  let savedRevision = source.getState().revision;
  // What was just opened is written once as it is, so that a reload finds it.
  let dirty = true;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    const state = source.getState();
    dirty = false;
    const text = serialize();
    const head = (): Head => ({
      id,
      name: state.document.name,
      revision: revision + 1,
      tab,
      savedAt: now(),
      edited,
    });
    try {
      if ((await store.write(head(), text)) === 'conflict') {
        id = newId();
        revision = 0;
        await store.write(head(), text);
        onFork(id);
      }
      revision++;
      savedRevision = state.revision;
      onState({ kind: dirty ? 'saving' : 'saved' });
    } catch (error) {
      dirty = true;
      onState({ kind: 'failed', reason: reasonOf(error) });
      following.again(RETRY);
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
    if (state.revision === savedRevision) return;
    edited ||= state.edited;
    dirty = true;
    onState({ kind: 'saving' });
  });
  const following = follow(
    source,
    PAUSE,
    ({ revision }) => [revision],
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

function reasonOf(error: unknown): Text {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return notices.storageFull;
  if (name === 'SecurityError' || name === 'InvalidStateError') return notices.storageBlocked;
  return fill(notices.storageFailed, { detail: error instanceof Error ? error.message : String(error) });
}
