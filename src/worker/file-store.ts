/**
 * Files of documents' own data, in this browser (IndexedDB), by their checksums: the page puts them there, the workers
 * read them. A database of its own, so that documents can be kept whatever becomes of it. What it cannot keep the page
 * holds for as long as it is open (held-files.ts).
 */
import { askForHeld, holdFile } from './held-files.ts';

const FILES = 'files';

interface KeptFile {
  readonly blob: Blob;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opening: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  if (!opening) {
    const request = indexedDB.open('tensorloom-files', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FILES);
    opening = answered(request);
    opening.then(
      (db) => {
        db.onversionchange = () => {
          db.close();
          opening = undefined;
        };
      },
      () => {
        opening = undefined;
      },
    );
  }
  return opening;
}

/** Resolves when it is written, whole; rejects where there is no room (QuotaExceededError), and then holds it. */
export async function keepFile(sha256: string, blob: Blob, name: string): Promise<void> {
  try {
    const tx = (await database()).transaction(FILES, 'readwrite');
    const file: KeptFile = { blob, name, savedAt: Date.now() };
    const done = new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error ?? new DOMException('aborted', 'AbortError'));
    });
    tx.objectStore(FILES).put(file, sha256);
    await done;
  } catch (error) {
    await holdFile(sha256, blob);
    throw error;
  }
}

/** Undefined where neither this browser keeps it nor an open page holds it. */
export async function keptFile(sha256: string): Promise<Blob | undefined> {
  const found = await stored(sha256).catch(() => undefined);
  return found?.blob ?? askForHeld(sha256);
}

async function stored(sha256: string): Promise<KeptFile | undefined> {
  const store = (await database()).transaction(FILES).objectStore(FILES);
  return answered(store.get(sha256)) as Promise<KeptFile | undefined>;
}

/** Files that were put there more lately stay: their document may not be written yet. Milliseconds. */
const YOUNG = 600_000;

/** Takes away what none of these texts of documents names; whether there was any. */
export async function forgetUnnamed(texts: readonly string[]): Promise<boolean> {
  const tx = (await database()).transaction(FILES, 'readwrite');
  const store = tx.objectStore(FILES);
  const now = Date.now();
  let some = false;
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
    const walk = store.openCursor();
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (!cursor) return;
      const { savedAt } = cursor.value as KeptFile;
      if (now - savedAt > YOUNG && !texts.some((text) => text.includes(String(cursor.key)))) {
        cursor.delete();
        some = true;
      }
      cursor.continue();
    };
  });
  return some;
}

/** A blob's bytes as they are read. */
export async function* bytesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Who stops reading early lets go of the rest.
    void reader.cancel().catch(() => undefined);
  }
}
