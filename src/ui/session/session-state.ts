/** What is known of an open document besides its text, and what the parts of a session share. */
import type { StoreApi } from 'zustand';
import type { Fix } from '../../base/diagnostic.ts';
import type { Editor } from '../../editor/index.ts';
import type { SaveState } from '../persistence/autosave.ts';
import type { RunState } from '../run/run-state.ts';
import type { Values, WorkerClient } from '../worker/worker-client.ts';

/** Nothing of it is undone. */
export interface SessionState {
  /** Another one when the document goes on as a copy. */
  readonly id: string;
  readonly save: SaveState;
  readonly values: Values;
  /** How many times fewer operations the orders found in the background make than the first ones. */
  readonly gain: number;
  /** The port whose numbers the dock shows, `node.port`; undefined: that of the selection. */
  readonly port: string | undefined;
  readonly run: RunState;
  /** The fix under the pointer or the focus: the canvas shows what it would do. */
  readonly preview: Fix | undefined;
}

export interface SessionCore {
  readonly editor: Editor;
  readonly client: WorkerClient;
  readonly state: StoreApi<SessionState>;
}
