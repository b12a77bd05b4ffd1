/**
 * All that the command line asks of its host, as an interface, so that tests can replace the host. Reading and writing reject
 * with the host's own error, whose message names the file.
 */
import type { Engine, EngineName } from '../numeric/engine.ts';
import type { Threads } from '../numeric/threads/threaded-engine.ts';

export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output is a terminal: live lines and colours make sense. */
  readonly terminal: boolean;
  readonly read: (path: string) => Promise<string>;
  readonly readStandardInput: () => Promise<string>;
  readonly readBytes: (path: string) => Promise<Uint8Array>;
  readonly readStandardInputBytes: () => Promise<Uint8Array>;
  readonly write: (path: string, content: string | Uint8Array) => Promise<void>;
  /**
   * Puts a file in place of the one that is there, or leaves that as it is: whole or not at all, whenever the
   * process or the machine dies. Without content: whether that could be done.
   */
  readonly replace: (path: string, content: Uint8Array | undefined) => Promise<void>;
  readonly exists: (path: string) => Promise<boolean>;
  /** Opens a file that grows line by line, from nothing or behind what is there. */
  readonly open: (path: string, append?: boolean) => Promise<Writer>;
  readonly engines: Readonly<Record<EngineName, () => Promise<Engine>>>;
  /** Threads to compute with: as many as asked for, else as many as the machine has processors. */
  readonly threads: (count?: number) => Threads;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Says that the user wants to end (Ctrl-C), or the system. */
  readonly signal: AbortSignal;
}

export interface Writer {
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a path means everywhere: `-` is standard input. */
export const readInput = (path: string, io: Io): Promise<string> =>
  path === '-' ? io.readStandardInput() : io.read(path);

export const readInputBytes = (path: string, io: Io): Promise<Uint8Array> =>
  path === '-' ? io.readStandardInputBytes() : io.readBytes(path);
