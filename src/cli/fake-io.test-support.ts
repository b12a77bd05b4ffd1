/** A world made of strings and bytes, for tests of the command line. */

import { engines } from '../numeric/index.ts';
import { main } from './command-line.ts';
import type { Io } from './io.ts';

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Files as they stand afterwards. */
  readonly files: Readonly<Record<string, string>>;
  readonly binaries: Readonly<Record<string, Uint8Array>>;
  /** Standard output read as one JSON object. */
  json(): Record<string, unknown> & { diagnostics: Record<string, unknown>[] };
}

export interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly binaries?: Readonly<Record<string, Uint8Array>>;
  readonly stdin?: string;
  readonly stdinBytes?: Uint8Array;
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
  readonly engines?: Io['engines'];
  readonly threads?: Io['threads'];
}

/** Runs `tensorloom …` with these files; `tensorloom('check a.json --json', …)`. */
export async function tensorloom(command: string | readonly string[], world: World = {}): Promise<Finished> {
  const files = new Map(Object.entries(world.files ?? {}));
  const binaries = new Map(Object.entries(world.binaries ?? {}));
  let out = '';
  let err = '';
  let time = 0;
  const mayWrite = (path: string) => {
    if (path.includes('/')) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  };
  const io: Io = {
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
    terminal: world.terminal ?? false,
    async read(path) {
      const text = path === '-' ? world.stdin : files.get(path);
      const written = text === undefined ? undefined : new TextEncoder().encode(text);
      const bytes = written ?? (path === '-' ? (world.stdinBytes ?? new Uint8Array()) : binaries.get(path));
      if (bytes === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
      return { bytes, size: bytes.length };
    },
    async open(path) {
      if (path === '-') return undefined;
      const { bytes, size } = await io.read(path, Number.POSITIVE_INFINITY);
      return {
        size,
        async *read() {
          yield bytes;
        },
      };
    },
    async write(path, content) {
      mayWrite(path);
      if (typeof content === 'string') files.set(path, content);
      else binaries.set(path, content);
    },
    async writeLines(path, append) {
      mayWrite(path);
      let lines = append ? (files.get(path) ?? '') : '';
      return {
        async write(content) {
          lines += content;
        },
        commit: async () => void files.set(path, lines),
        discard: async () => {},
      };
    },
    mayWrite: async (path) => mayWrite(path),
    keep: () => {},
    exists: async (path) => files.has(path),
    async list(path) {
      const inside = [...files.keys(), ...binaries.keys()].filter((file) => file.startsWith(`${path}/`));
      return inside.length > 0 ? inside.map((file) => file.slice(path.length + 1)) : undefined;
    },
    isSame: async (a, b) => a === b,
    engines: world.engines ?? engines,
    threads:
      world.threads ??
      (() => ({ count: 1, start: () => Promise.reject(new Error('no thread was expected')) })),
    now: () => time++,
    signal: world.signal ?? new AbortController().signal,
  };
  const code = await main(typeof command === 'string' ? command.split(' ').filter(Boolean) : command, io);
  return {
    code,
    out,
    err,
    files: Object.fromEntries(files),
    binaries: Object.fromEntries(binaries),
    json() {
      if (!out.endsWith('\n') || out.trimEnd().includes('\n')) throw new Error(`not one line: ${out}`);
      return JSON.parse(out);
    },
  };
}
