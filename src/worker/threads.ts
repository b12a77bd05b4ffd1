/** Threads for the engine, as browsers have them. */
import type { Threads } from '../numeric/threads/engine.ts';

/** One processor is left to the page. Only an isolated page may share memory. */
export const browserThreads = (): Threads => ({
  count: self.crossOriginIsolated ? Math.max(1, navigator.hardwareConcurrency - 1) : 1,
  start: (task) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
      worker.onmessage = () => resolve(() => worker.terminate());
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(task);
    }),
});
