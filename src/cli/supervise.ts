/**
 * The process around a command. The command runs in a thread, so that signals and streams that fail are heard whatever
 * it computes: it is asked to end, and ended where it does not within a second. What it was writing is then whole or gone.
 */
import { rename, rm } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { visible } from '../base/visible.ts';
import { reasonOf } from './file-error.ts';
import { readStream } from './read-file.ts';
import { replaceFile, type Temporary } from './replace-file.ts';
import { bugReport, internalProblem, problemLine, status } from './status.ts';
import type { CommandTask, FromCommand, ToCommand } from './supervision.ts';

/** How long a command that may stop is waited for, in milliseconds. */
const PATIENCE = 500;
/** How long files are waited for that it is writing by then. */
const WRITING = 30_000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof signals)[number];

/** Runs the command and sets the exit status. `entry`: the built form of command-thread.ts. */
export function supervise(entry: URL, argv: readonly string[]): void {
  const limit = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
  const worker = start(entry, argv, limit);
  const temporaries = new Map<string, Temporary>();
  const kept = new Map<string, Uint8Array>();
  let mayStop = false;
  let isDone = false;
  let isReading = false;
  /** That standard output has failed. */
  let isMute = false;

  const tell = (message: ToCommand) => worker.postMessage(message);
  const json = argv.includes('--json');
  /** Says why there is no result, for people and for machines. */
  const complain = (problem: string, more = '') => {
    process.stderr.write(`${visible(problem)}\n${more}`);
    if (json && !isMute) process.stdout.write(problemLine(problem));
  };
  const finish = (code: number) => {
    isDone = true;
    process.exitCode = isMute ? status.unusable : code;
  };

  worker.on('message', (message: FromCommand) => {
    switch (message.kind) {
      case 'out':
        if (!isMute) process.stdout.write(message.text);
        return;
      case 'err':
        process.stderr.write(message.text);
        return;
      case 'mayStop':
        mayStop = true;
        return;
      case 'read':
        isReading = true;
        void readInput(message.most).then(tell);
        return;
      case 'temporary':
        return put(temporaries, message.temporary.path, message.exists ? message.temporary : undefined);
      case 'keep':
        return put(kept, message.path, message.content);
      case 'done':
        return finish(message.status);
    }
  });
  worker.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      complain(`out of memory: the command needs more than ${limit} MiB`);
    else complain(internalProblem(error), bugReport(error));
    finish(status.failed);
  });
  worker.on('exit', (code) => {
    if (!isDone && !heard) finish(code);
    // Whoever still writes into standard input is not waited for.
    if (isReading) process.stdin.destroy();
  });

  let isImpatient = false;
  /** Leaves every file whole, and what was kept in its place. */
  const end = async () => {
    const begun = performance.now();
    while (isWriting(temporaries) && !isImpatient && performance.now() - begun < WRITING) await pause(20);
    await Promise.race([worker.terminate(), pause(100)]);
    await settle(temporaries.values(), kept);
  };
  /** Asks the command to end, and ends it where it cannot or does not. */
  const stop = async (then: () => void) => {
    if (mayStop) {
      tell({ kind: 'stop' });
      for (let waited = 0; waited < PATIENCE && !isDone && !isImpatient; waited += 20) await pause(20);
    }
    if (isDone) return;
    await end();
    if (!isDone) then();
  };
  let heard: Signal | undefined;
  const onSignal = (signal: Signal) => {
    // The second one means at once.
    isImpatient = heard !== undefined;
    if (heard) return;
    heard = signal;
    void stop(() => {
      complain(`ended by ${signal} before there was a result`);
      // As the system would have ended the process, so that the shell knows.
      process.removeListener(signal, onSignal);
      process.kill(process.pid, signal);
    });
  };
  for (const signal of signals) process.on(signal, onSignal);

  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error) => {
    if (isMute) return;
    isMute = true;
    process.stderr.write(`cannot write standard output: ${reasonOf(error, '-', 'write')}\n`);
    process.exitCode = status.unusable;
    if (!isDone) void stop(() => process.exit(status.unusable));
  });
}

/** `limit`: MiB of JavaScript's own memory. A thread's would be smaller than the process's otherwise. */
function start(entry: URL, argv: readonly string[], limit: number): Worker {
  const task: CommandTask = { argv, terminal: process.stdout.isTTY === true };
  return new Worker(entry, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: limit } });
}

function put<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

async function readInput(most: number): Promise<ToCommand> {
  try {
    return { kind: 'input', ...(await readStream(process.stdin, most)) };
  } catch (error) {
    return { kind: 'noInput', reason: `cannot read standard input: ${reasonOf(error, '-', 'read')}` };
  }
}

/** After the command has ended: what it was writing gets its name or goes, and what was kept is written. */
async function settle(
  temporaries: Iterable<Temporary>,
  kept: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  for (const { path, target, lines } of temporaries)
    await (lines ? rename(path, target) : rm(path, { force: true })).catch(() => undefined);
  for (const [path, content] of kept) {
    await replaceFile(path, content).then(
      () => process.stderr.write(`saved to ${visible(path)} what there was some moments ago\n`),
      (error) => process.stderr.write(`cannot write ${visible(path)}: ${reasonOf(error, path, 'write')}\n`),
    );
  }
}

/** A trace grows all the time and is whole at each moment: it is not waited for. */
const isWriting = (temporaries: ReadonlyMap<string, Temporary>): boolean =>
  [...temporaries.values()].some(({ lines }) => !lines);

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
