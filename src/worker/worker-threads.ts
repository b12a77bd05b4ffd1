/** Threads for the engine, as browsers have them. */
import { breakUp } from '../numeric/threads/thread-team.ts';
import type { Threads } from '../numeric/threads/threaded-engine.ts';

/** Only an isolated page may share memory. Unless told how many, one processor is left to the page. */
export const browserThreads = (wanted?: number): Threads => ({
  count: self.crossOriginIsolated ? (wanted ?? Math.max(1, navigator.hardwareConcurrency - 1)) : 1,
  start: (task) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
      worker.onmessage = () => resolve(() => worker.terminate());
      worker.onerror = ({ message }) => {
        breakUp(task.words, message);
        reject(new Error(message));
      };
      worker.postMessage(task);
    }),
});
