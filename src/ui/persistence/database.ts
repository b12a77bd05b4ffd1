/**
 * The documents kept in this browser, in IndexedDB. A document is a head (name, revision, who wrote it),
 * a body (its text at that revision), and the state that training has made, if any. The new body is written
 * beside the old one, the head is swapped to it, and only then the old body goes; one transaction holds
 * all of it, so a crash leaves either the old document and its state or the new, whole.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

export interface Head {
  readonly id: string;
  readonly name: string;
  /** Grows by one with each write. */
  readonly revision: number;
  /** The tab that wrote last. */
  readonly tab: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** False while it is but an unchanged template. */
  readonly edited: boolean;
  /** The revision that brought the trained state; absent where none is kept. The store fills it in. */
  readonly stateRevision?: number | undefined;
}

/** The trained state of a document, and what the page shows of the run that has made it. */
export interface KeptState {
  /** A file of tensors: runtime/checkpoint-file.ts writes it, and reads it with suspicion. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Plain data; who reads it parses it. */
  readonly run: unknown;
}

export interface Kept {
  readonly head: Head;
  readonly text: string;
  readonly state: KeptState | undefined;
}

interface Tables extends DBSchema {
  heads: { key: string; value: Head };
  bodies: { key: [string, number]; value: string };
  states: { key: string; value: KeptState };
}

/** `written`, or what stands there instead: another tab has written it. */
export type WriteResult = 'written' | Omit<Kept, 'state'>;

export interface DocumentStore {
  read(id: string): Promise<Kept | undefined>;
  /**
   * Writes revision `head.revision`, unless another tab has written since `head.revision − 1`. Without a state
   * the one that is kept stays; `forgotten` takes it away.
   */
  write(head: Head, text: string, state?: KeptState | 'forgotten'): Promise<WriteResult>;
  /** The newest first. */
  list(): Promise<readonly Head[]>;
  /** Of all documents. */
  texts(): Promise<readonly string[]>;
  forget(id: string): Promise<void>;
}

/** Nothing of it is written; it may have ended by itself. */
function abandon(tx: { abort(): void }, requests: readonly Promise<unknown>[]): void {
  for (const request of requests) request.catch(() => undefined);
  try {
    tx.abort();
  } catch {
    // It had.
  }
}

/** `onBlocked`: another tab, with an older page, holds the storage; it is opened when that one lets go. */
export const openStore = (onBlocked: () => void = () => {}, name = 'tensorloom'): DocumentStore => {
  let opening: Promise<IDBPDatabase<Tables>> | undefined;
  // Opened at the first need and again after a failure: storage that was blocked may be allowed later.
  const database = () => {
    opening ??= openDB<Tables>(name, 2, {
      upgrade(db, old) {
        if (old < 1) {
          db.createObjectStore('heads', { keyPath: 'id' });
          db.createObjectStore('bodies');
        }
        db.createObjectStore('states');
      },
      blocked: onBlocked,
      // A tab with a newer page waits for this one to let go; what is under way is still written.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        opening = undefined;
      },
      terminated: () => {
        opening = undefined;
      },
    });
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };

  return {
    async read(id) {
      const tx = (await database()).transaction(['heads', 'bodies', 'states']);
      const head = await tx.objectStore('heads').get(id);
      const text = head && (await tx.objectStore('bodies').get([id, head.revision]));
      const state = head && (await tx.objectStore('states').get(id));
      return head && text !== undefined ? { head, text, state } : undefined;
    },

    async write(head, text, state) {
      const tx = (await database()).transaction(['heads', 'bodies', 'states'], 'readwrite');
      const heads = tx.objectStore('heads');
      const bodies = tx.objectStore('bodies');
      const present = await heads.get(head.id);
      if (present && present.revision !== head.revision - 1) {
        const theirs = (await bodies.get([head.id, present.revision])) ?? '';
        await tx.done;
        return { head: present, text: theirs };
      }
      const stateRevision =
        typeof state === 'object' ? head.revision : state ? undefined : present?.stateRevision;
      const requests: Promise<unknown>[] = [tx.done];
      try {
        requests.push(bodies.put(text, [head.id, head.revision]), heads.put({ ...head, stateRevision }));
        if (present) requests.push(bodies.delete([head.id, present.revision]));
        if (state === 'forgotten') requests.push(tx.objectStore('states').delete(head.id));
        else if (state) requests.push(tx.objectStore('states').put(state, head.id));
        await Promise.all(requests);
      } catch (error) {
        // One that is refused at once would leave the others to be written; where all failed it says why.
        abandon(tx, requests);
        throw tx.error ?? error;
      }
      return 'written';
    },

    async list() {
      const heads = await (await database()).getAll('heads');
      return heads.sort((a, b) => b.savedAt - a.savedAt);
    },

    async texts() {
      return (await database()).getAll('bodies');
    },

    async forget(id) {
      const tx = (await database()).transaction(['heads', 'bodies', 'states'], 'readwrite');
      await Promise.all([
        tx.objectStore('heads').delete(id),
        tx.objectStore('states').delete(id),
        tx.objectStore('bodies').delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER])),
        tx.done,
      ]);
    },
  };
};
