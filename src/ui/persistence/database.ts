/**
 * The documents kept in this browser, in IndexedDB. A document is a head (name, revision, who wrote it)
 * and a body (its text at that revision). The new body is written beside the old one, the head is
 * swapped to it, and only then the old body goes; one transaction holds all three, so a crash leaves
 * either the old document or the new, whole.
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
}

export interface Kept {
  readonly head: Head;
  readonly text: string;
}

interface Tables extends DBSchema {
  heads: { key: string; value: Head };
  bodies: { key: [string, number]; value: string };
}

export type WriteResult = 'written' | 'conflict';

export interface DocumentStore {
  read(id: string): Promise<Kept | undefined>;
  /** Writes revision `head.revision`, unless another tab has written since `head.revision − 1`. */
  write(head: Head, text: string): Promise<WriteResult>;
  /** The newest first. */
  list(): Promise<readonly Head[]>;
  forget(id: string): Promise<void>;
}

export const openStore = (name = 'tensorloom'): DocumentStore => {
  let opening: Promise<IDBPDatabase<Tables>> | undefined;
  // Opened at the first need and again after a failure: storage that was blocked may be allowed later.
  const database = () => {
    opening ??= openDB<Tables>(name, 1, {
      upgrade(db) {
        db.createObjectStore('heads', { keyPath: 'id' });
        db.createObjectStore('bodies');
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
      const tx = (await database()).transaction(['heads', 'bodies']);
      const head = await tx.objectStore('heads').get(id);
      const text = head && (await tx.objectStore('bodies').get([id, head.revision]));
      return head && text !== undefined ? { head, text } : undefined;
    },

    async write(head, text) {
      const tx = (await database()).transaction(['heads', 'bodies'], 'readwrite');
      const heads = tx.objectStore('heads');
      const bodies = tx.objectStore('bodies');
      const present = await heads.get(head.id);
      if (present && present.revision !== head.revision - 1) {
        await tx.done;
        return 'conflict';
      }
      await Promise.all([
        bodies.put(text, [head.id, head.revision]),
        heads.put(head),
        present && bodies.delete([head.id, present.revision]),
        tx.done,
      ]);
      return 'written';
    },

    async list() {
      const heads = await (await database()).getAll('heads');
      return heads.sort((a, b) => b.savedAt - a.savedAt);
    },

    async forget(id) {
      const tx = (await database()).transaction(['heads', 'bodies'], 'readwrite');
      await Promise.all([
        tx.objectStore('heads').delete(id),
        tx.objectStore('bodies').delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER])),
        tx.done,
      ]);
    },
  };
};
