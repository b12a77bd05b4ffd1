/** One layout in a worker of its own: it is ended when it has answered, when the answer is no longer wanted, or by itself. */
import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import type { Layouter } from './layered-layout.ts';

/**
 * Hands a layouter to `work`. Rejects when the worker ends before its answer, and when `signal` aborts: then with the
 * signal's reason.
 */
export async function withLayouter<T>(
  signal: AbortSignal,
  work: (layout: Layouter) => Promise<T>,
): Promise<T> {
  const name = `tensorloom-layout ${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module', name });
  const watching = new AbortController();
  const lost = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    worker.addEventListener('error', (event) =>
      reject(new Error(event.message || 'it could not be started')),
    );
    worker.addEventListener('messageerror', () => reject(new Error('a message could not be read')));
    worker.addEventListener('message', ({ data }) => {
      // Whoever gets the lock that the worker holds knows that it is gone.
      if (data?.type === 'ready')
        void navigator.locks
          .request(name, { signal: watching.signal }, () => reject(new Error('it has ended by itself')))
          .catch(() => {});
    });
  });
  const elk = new ELK({ algorithms: ['layered'], workerFactory: () => worker });
  try {
    signal.throwIfAborted();
    return await Promise.race([work((graph: ElkNode) => elk.layout(graph)), lost]);
  } finally {
    watching.abort();
    worker.terminate();
  }
}
