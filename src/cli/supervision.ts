/**
 * What the thread that runs a command and the process around it say to each other. The thread computes, and may not hear
 * anything for long; the process reads signals, owns the standard streams, and can end the thread at any moment.
 */
import type { Temporary } from './replace-file.ts';

export type FromCommand =
  | { readonly kind: 'out' | 'err'; readonly text: string }
  /** The command ends well when it is told to stop. One that does not say so is ended at once. */
  | { readonly kind: 'mayStop' }
  /** Asks for standard input. */
  | { readonly kind: 'read'; readonly most: number }
  | { readonly kind: 'temporary'; readonly temporary: Temporary; readonly exists: boolean }
  /** What to write to a file, should the command be ended before it has done so itself. */
  | { readonly kind: 'keep'; readonly path: string; readonly content: Uint8Array<ArrayBuffer> | undefined }
  | { readonly kind: 'done'; readonly status: number };

export type ToCommand =
  | { readonly kind: 'stop' }
  | { readonly kind: 'input'; readonly bytes: Uint8Array; readonly size: number }
  | { readonly kind: 'noInput'; readonly reason: string };

/** What the thread is started with. */
export interface CommandTask {
  readonly argv: readonly string[];
  readonly terminal: boolean;
}
