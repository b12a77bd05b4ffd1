/** The host of the command line: files, streams, signals and threads of Node. */
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { engines } from '../numeric/index.ts';
import type { Io } from './io.ts';
import { nodeThreads } from './node-threads.ts';
import { replaceFile } from './replace-file.ts';

export function nodeIo(): Io {
  let stopping: AbortController | undefined;
  // A reader that has seen enough (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: process.stdout.isTTY === true,
    read: (path) => readFile(path, 'utf8'),
    readStandardInput: async () => (await standardInput()).toString('utf8'),
    readBytes: (path) => readFile(path),
    readStandardInputBytes: standardInput,
    write: (path, content) => writeFile(path, content),
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    replace: replaceFile,
    async open(path, append) {
      const file = await open(path, append ? 'a' : 'w');
      return {
        write: async (text) => void (await file.write(text)),
        close: () => file.close(),
      };
    },
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

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
