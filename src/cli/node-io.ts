/** The host of a command: files and threads of Node, and what the process around the command's thread does for it. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { engines } from '../numeric/index.ts';
import { FileError } from './file-error.ts';
import type { Content, Io } from './io.ts';
import { nodeThreads } from './node-threads.ts';
import { openFile, readFile } from './read-file.ts';
import { beginReplacement, type ReplacementOptions, replaceFile } from './replace-file.ts';
import type { FromCommand, ToCommand } from './supervision.ts';

export function nodeIo(port: MessagePort, terminal: boolean): Io {
  const say = (message: FromCommand, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  const listen: ReplacementOptions['listen'] = (temporary, exists) =>
    say({ kind: 'temporary', temporary, exists });
  let stopping: AbortController | undefined;
  let reading: { resolve: (content: Content) => void; reject: (error: Error) => void } | undefined;
  let isInputRead = false;
  port.on('message', (message: ToCommand) => {
    port.unref();
    if (message.kind === 'stop') stopping?.abort();
    else if (message.kind === 'input') reading?.resolve(message);
    else reading?.reject(new FileError(message.reason));
  });
  port.unref();

  return {
    out: (text) => say({ kind: 'out', text }),
    err: (text) => say({ kind: 'err', text }),
    terminal,
    read(path, most) {
      if (path !== '-') return readFile(path, most);
      if (isInputRead) throw new FileError('standard input can be read only once: "-" is given twice');
      isInputRead = true;
      return new Promise((resolve, reject) => {
        reading = { resolve, reject };
        port.ref();
        say({ kind: 'read', most });
      });
    },
    open: openFile,
    write: (path, content) => replaceFile(path, content, { listen }),
    writeLines: (path, append) => beginReplacement(path, { lines: append ? 'append' : 'new', listen }),
    async mayWrite(path) {
      await (await beginReplacement(path, { listen })).discard();
    },
    keep: (path, content) => say({ kind: 'keep', path, content }, content ? [content.buffer] : []),
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    list: listFolder,
    isSame,
    engines,
    threads: (count) => nodeThreads(new URL('./thread.js', import.meta.url), count),
    now: () => performance.now(),
    get signal() {
      if (!stopping) {
        stopping = new AbortController();
        say({ kind: 'mayStop' });
      }
      return stopping.signal;
    },
  };
}

async function listFolder(path: string): Promise<readonly string[] | undefined> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isDirectory()) return undefined;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(path, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    );
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
