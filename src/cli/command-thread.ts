/** The thread that runs a command: a file of its own in dist/cli, started by supervise.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { installEverything } from '../catalogue/everything.ts';
import { main } from './command-line.ts';
import { nodeIo } from './node-io.ts';
import type { CommandTask } from './supervision.ts';

if (!parentPort) throw new Error('internal: the thread of a command is started by the process around it');
installEverything();
const { argv, terminal } = workerData as CommandTask;
const status = await main(argv, nodeIo(parentPort, terminal));
parentPort.postMessage({ kind: 'done', status });
parentPort.close();
