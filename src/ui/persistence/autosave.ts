/**
 * Autosave of one open document and of what training has made of its state: a moment after each change, within
 * a second under changes without a pause, and at once when the page is hidden.
 * Two tabs on one document never overwrite each other: the one that comes second goes on as a copy, unless the
 * other has left everything as it was.
 * When storage fails the page keeps working, says so, and tries again; where there is room for the text alone,
 * the text is saved.
 */
import { limits } from '../../../graph-schema/document.ts';
import { fill, type Text } from '../../base/text.ts';
import { type Followed, follow } from '../session/follow.ts';
import { notices } from '../strings/notices.ts';
import type { DocumentStore, Head, KeptState } from './database.ts';

export type SaveState =
  | { readonly kind: 'saved' }
  /** But for the trained state. */
  | { readonly kind: 'partly'; readonly reason: Text }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly reason: Text };

/** Milliseconds between a change and its saving; the most there are under further changes; and after a failure. */
const PAUSE = 300;
const MOST = 700;
const RETRY = 5000;

/** The little an autosave asks of an editor, and of what is trained. */
export type Source = Followed<{
  readonly revision: number;
  readonly edited: boolean;
  readonly document: { readonly name: string };
  /** Another object whenever there is another state. */
  readonly trained: object | undefined;
}>;

/** A document as it comes out of storage, or a new one. */
export type OpenedHead = Pick<Head, 'id' | 'revision' | 'edited' | 'stateRevision'>;

export interface AutosaveOptions {
  readonly store: DocumentStore;
  readonly source: Source;
  readonly serialize: () => string;
  /** What is kept of the trained state now. */
  readonly state: () => KeptState | undefined;
  readonly head: OpenedHead;
  /** What storage has under `head`; the document is written at once unless it is whole there. */
  readonly stored?: { readonly text: string; readonly isWhole: boolean } | undefined;
  readonly tab: string;
  readonly now: () => number;
  readonly newId: () => string;
  onState(state: SaveState): void;
  /** The document has a new id from here on: another tab changed the old one. */
  onFork(id: string): void;
}

/** A text that storage has not taken yet, and what it would follow. */
export interface Pending extends Pick<Head, 'id' | 'revision' | 'tab'> {
  readonly text: string;
}

export interface Autosave {
  /** The last text that storage has not taken yet; undefined when it is safe. */
  pending(): Pending | undefined;
  /** Whether storage has refused something that it has not taken since. */
  isRefused(): boolean;
  /** Whether that is so, or the newest state is not in storage yet. */
  isAtRisk(): boolean;
  /** This trained state has come out of storage. */
  isKept(trained: object): void;
  /** Saves what is to be saved, without waiting for a pause. */
  flush(): Promise<void>;
  dispose(): void;
}

/** Writes one revision after the other; knows what storage holds. */
function createWriter({
  store,
  source,
  serialize,
  state: keptState,
  tab,
  now,
  newId,
  ...options
}: AutosaveOptions) {
  let { id, revision, stateRevision } = options.head;
  let stored = options.stored?.text;
  /** The state that storage has: with the last text, unless there was no room. */
  let keptTrained = source.getState().trained;

  async function put(
    text: string,
    edited: boolean,
    state: KeptState | 'forgotten' | undefined,
  ): Promise<void> {
    const { name } = source.getState().document;
    const head = { id, name, revision: revision + 1, tab, savedAt: now(), edited };
    const result = await store.write(head, text, state);
    if (result === 'written') {
      revision++;
      stored = text;
      if (state) stateRevision = state === 'forgotten' ? undefined : revision;
      return;
    }
    const { head: theirs } = result;
    const isSame = result.text === stored || result.text === text;
    if (isSame && theirs.stateRevision === stateRevision) {
      // Opened there, or written from here just before the page was left: nobody's work is in the way.
      revision = theirs.revision;
      return put(text, edited, state);
    }
    id = newId();
    revision = 0;
    stateRevision = undefined;
    options.onFork(id);
    return put(text, edited, keptState());
  }

  return {
    place: () => ({ id, revision, tab }),
    keptTrained: () => keptTrained,
    isKept(trained: object) {
      keptTrained = trained;
    },
    /** Writes the text with its state, or the text alone where both are too much: then the result says why. */
    async write(edited: boolean): Promise<Text | undefined> {
      const { trained } = source.getState();
      const text = serialize();
      // What is larger would not be read again.
      if (text.length > limits.bytes) throw new DOMException('', TOO_LARGE);
      try {
        await put(text, edited, trained === keptTrained ? undefined : (keptState() ?? 'forgotten'));
        keptTrained = trained;
        return undefined;
      } catch (error) {
        if (!trained || !isFull(error)) throw error;
        await put(text, edited, 'forgotten');
        keptTrained = undefined;
        return reasonOf(error);
      }
    },
  };
}

export function createAutosave(options: AutosaveOptions): Autosave {
  const { source, serialize, onState } = options;
  let { edited } = options.head;
  const writer = createWriter(options);
  let savedRevision = source.getState().revision;
  let savedTrained = source.getState().trained;
  /** What the source last told. */
  let seen = source.getState();
  // What is new is written once as it is, so that a reload finds it.
  let dirty = options.stored?.isWhole !== true;
  let refused = false;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    const state = source.getState();
    dirty = false;
    try {
      const without = await writer.write(edited);
      savedRevision = state.revision;
      savedTrained = state.trained;
      refused = without !== undefined;
      if (dirty) onState({ kind: 'saving' });
      else onState(without ? { kind: 'partly', reason: without } : { kind: 'saved' });
    } catch (error) {
      dirty = true;
      refused = true;
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
    if (state.revision === seen.revision && state.trained === seen.trained) return;
    seen = state;
    if (state.revision === savedRevision && state.trained === savedTrained) return;
    edited ||= state.edited || state.trained !== undefined;
    dirty = true;
    if (state.revision !== savedRevision && !refused) onState({ kind: 'saving' });
  });
  const following = follow(
    source,
    PAUSE,
    ({ revision, trained }) => [revision, trained],
    () => void flush(),
    MOST,
  );
  if (dirty) following.again(0);
  else onState({ kind: 'saved' });

  return {
    pending: () => (dirty || writing ? { ...writer.place(), text: serialize() } : undefined),
    isRefused: () => refused,
    isAtRisk: () => refused || source.getState().trained !== writer.keptTrained(),
    isKept(trained) {
      writer.isKept(trained);
      savedTrained = trained;
    },
    flush,
    dispose() {
      following.end();
      unsubscribe();
    },
  };
}

/** The name of the error. */
const TOO_LARGE = 'TooLargeError';

export const isFull = (error: unknown): boolean =>
  error instanceof Error && error.name === 'QuotaExceededError';

export function reasonOf(error: unknown): Text {
  const name = error instanceof Error ? error.name : '';
  if (isFull(error)) return notices.storageFull;
  if (name === TOO_LARGE) return fill(notices.storageTooLarge, { most: limits.bytes / 2 ** 20 });
  if (name === 'VersionError') return notices.storageNewer;
  // Some browsers have no IndexedDB in private windows: its name is then not defined.
  if (['SecurityError', 'InvalidStateError', 'ReferenceError'].includes(name)) return notices.storageBlocked;
  return fill(notices.storageFailed, { detail: error instanceof Error ? error.message : String(error) });
}
