/**
 * All that the command line asks of its host, as an interface, so that tests can replace the host. Reading and writing
 * reject with the host's own error; command-files.ts says it in plain words.
 */
import type { Engine, EngineName } from '../numeric/engine.ts';
import type { Threads } from '../numeric/threads/threaded-engine.ts';
import type { Replacement } from './replace-file.ts';

/** A file as far as it was read. */
export interface Content {
  readonly bytes: Uint8Array;
  /** All that there is, where that is known: more than was read when there was too much. */
  readonly size: number;
}

export interface OpenFile {
  /** In bytes. */
  readonly size: number;
  readonly read: () => AsyncIterable<Uint8Array>;
}

export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output is a terminal: live lines and colours make sense. */
  readonly terminal: boolean;
  /** A file, but no more than about `most` bytes where it has more. `-` is standard input, which can be read once. */
  readonly read: (path: string, most: number) => Promise<Content>;
  /** A file that may be read in pieces, and again; undefined where it can be read once, as a pipe can. */
  readonly open: (path: string) => Promise<OpenFile | undefined>;
  /**
   * Puts a file in place of the one that is there, or leaves that as it is: whole or not at all, whenever the
   * process or the machine dies.
   */
  readonly write: (path: string, content: string | Uint8Array) => Promise<void>;
  /** The same for a file that grows line by line, from nothing or behind what is there. */
  readonly writeLines: (path: string, append: boolean) => Promise<Replacement>;
  /** Rejects where `write` would. */
  readonly mayWrite: (path: string) => Promise<void>;
  /**
   * What to write to a file, should the command be ended from outside before it has written it itself; without content,
   * nothing any more.
   */
  readonly keep: (path: string, content: Uint8Array<ArrayBuffer> | undefined) => void;
  readonly exists: (path: string) => Promise<boolean>;
  /** The files in a folder and those below it, by their paths relative to it; undefined where it is none. */
  readonly list: (path: string) => Promise<readonly string[] | undefined>;
  /** Whether two names stand for one file, links followed. */
  readonly isSame: (a: string, b: string) => Promise<boolean>;
  readonly engines: Readonly<Record<EngineName, () => Promise<Engine>>>;
  /** Threads to compute with: as many as asked for, else as many as the machine has processors. */
  readonly threads: (count?: number) => Threads;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Says that the user wants to end (Ctrl-C), or the system. */
  readonly signal: AbortSignal;
}
