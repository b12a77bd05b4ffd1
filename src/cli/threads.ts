/** Threads for the engine, as Node has them. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Threads } from '../numeric/threads/engine.ts';

/** `entry` is the built form of thread.ts. As many threads as there are processors, unless told otherwise. */
export const nodeThreads = (entry: URL, count = availableParallelism()): Threads => ({
  count,
  async start(task) {
    const worker = new Worker(entry, { workerData: task });
    // Rejects with the thread's own error when it fails before it is ready.
    await once(worker, 'message');
    worker.unref();
    return () => void worker.terminate();
  },
});
