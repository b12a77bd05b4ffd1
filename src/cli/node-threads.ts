/** Threads for the engine, as Node has them. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { breakUp } from '../numeric/threads/thread-team.ts';
import type { Threads } from '../numeric/threads/threaded-engine.ts';

/** More threads than processors only wait for each other; some are let through, to try what they do. */
const FEW = 8;

/**
 * `entry` is the built form of node-thread.ts. As many threads as there are processors, unless told otherwise; never
 * more than there are, or than a few.
 */
export const nodeThreads = (entry: URL, asked = availableParallelism()): Threads => ({
  count: Math.min(asked, Math.max(FEW, availableParallelism())),
  start: (task) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(entry, { workerData: task });
      // Before it is ready the start fails; later the team is told, which may find out here between two steps.
      const lost = (error: Error) => {
        breakUp(task.words, error.message);
        reject(error);
      };
      worker.once('error', lost);
      worker.once('exit', () => lost(new Error('it has ended')));
      worker.once('message', () => {
        worker.unref();
        resolve(() => void worker.terminate());
      });
    }),
});
