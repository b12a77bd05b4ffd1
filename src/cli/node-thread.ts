/** The entry of a thread that computes beside the command line's own: a file of its own in dist/cli. */
import { parentPort, workerData } from 'node:worker_threads';
import { work } from '../numeric/threads/member.ts';
import { breakUp } from '../numeric/threads/thread-team.ts';

// However it ends, short of being killed from outside: those who wait for it can hear of it by no event.
process.on('exit', () => breakUp(workerData.words, 'it has ended'));
await work(workerData, () => parentPort?.postMessage('ready'));
