/** The entry of a thread that computes beside the command line's own: a file of its own in dist/cli. */
import { parentPort, workerData } from 'node:worker_threads';
import { work } from '../numeric/threads/member.ts';

await work(workerData, () => parentPort?.postMessage('ready'));
