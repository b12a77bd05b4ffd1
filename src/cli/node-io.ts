/** The host of the command line: files, streams, signals and threads of Node. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { engines } from '../numeric/index.ts';
import { FileError } from './file-error.ts';
import type { Io } from './io.ts';
import { nodeThreads } from './node-threads.ts';
import { readFile, readStream } from './read-file.ts';
import { beginReplacement, replaceFile } from './replace-file.ts';

export function nodeIo(): Io {
  let stopping: AbortController | undefined;
  let isStandardInputRead = false;
  // A reader that has seen enough (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: process.stdout.isTTY === true,
    async read(path, most) {
      if (path !== '-') return readFile(path, most);
      if (isStandardInputRead)
        throw new FileError('standard input can be read only once: "-" is given twice');
      isStandardInputRead = true;
      return readStream(process.stdin, most);
    },
    write: replaceFile,
    writeLines: (path, append) => beginReplacement(path, { lines: append ? 'append' : 'new' }),
    async mayWrite(path) {
      await (await beginReplacement(path)).discard();
    },
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    isSame,
    engines,
    threads: (count) => nodeThreads(new URL('./thread.js', import.meta.url), count),
    now: () => performance.now(),
    // Whoever asks for it ends properly at the first Ctrl-C; the second is Node's own and ends the process.
    get signal() {
      if (!stopping) {
        const controller = new AbortController();
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
        stopping = controller;
      }
      return stopping.signal;
    },
  };
}

/** By the file itself where both exist, else by where a new one would come to be. */
async function isSame(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  if (first && second) return first.dev === second.dev && first.ino === second.ino;
  if (first || second) return false;
  const [one, other] = await Promise.all([a, b].map(placeOf));
  return one === other;
}

const placeOf = async (path: string): Promise<string> =>
  join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path));
