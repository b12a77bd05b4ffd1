/**
 * Files of documents' own data, in this browser (IndexedDB), by their checksums: the page puts them there, the workers
 * read them. A database of its own, so that documents can be kept whatever becomes of it.
 */

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

/** Resolves when it is written, whole; rejects where there is no room (QuotaExceededError). */
export async function keepFile(sha256: string, blob: Blob, name: string): Promise<void> {
  const tx = (await database()).transaction(FILES, 'readwrite');
  const file: KeptFile = { blob, name, savedAt: Date.now() };
  const done = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException('aborted', 'AbortError'));
  });
  tx.objectStore(FILES).put(file, sha256);
  return done;
}

export async function keptFile(sha256: string): Promise<Blob | undefined> {
  const store = (await database()).transaction(FILES).objectStore(FILES);
  const found = (await answered(store.get(sha256))) as KeptFile | undefined;
  return found?.blob;
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
