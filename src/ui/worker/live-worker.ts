/**
 * A worker whose end is noticed at once, however it comes: browsers tell nobody when a worker closes itself or
 * is ended by them. It holds a lock for as long as it lives (Web Locks), and we get that lock when it is gone.
 */
import type { WorkerLike } from './worker-connection.ts';

export function startLiveWorker(): WorkerLike {
  const name = `tensorloom ${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  const worker = new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module', name });
  const watching = new AbortController();
  const { signal } = watching;
  const live: WorkerLike = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    onend: null,
    postMessage: (message) => worker.postMessage(message),
    terminate() {
      watching.abort();
      worker.terminate();
    },
  };
  worker.onmessageerror = () => live.onmessageerror?.();
  worker.onerror = (event) => live.onerror?.(event);
  worker.onmessage = (event) => {
    // From its first word on it holds the lock, and getting it is a sign. Pages that are not served securely have no locks.
    if (event.data?.type === 'ready') void watch();
    live.onmessage?.(event);
  };
  const watch = () =>
    navigator.locks
      ?.request(name, { signal }, () => live.onend?.())
      .catch(() => {
        // We have ended it ourselves.
      });
  return live;
}
