/** What is known of an open document besides its text, and what the parts of a session share. */
import type { StoreApi } from 'zustand';
import type { Fix } from '../../base/diagnostic.ts';
import type { PathText } from '../../base/path.ts';
import type { SsaPath } from '../../contraction/index.ts';
import type { Editor, EditorState } from '../../editor/index.ts';
import type { Lit } from '../canvas/props.ts';
import type { SaveState } from '../persistence/autosave.ts';
import type { PastRun } from '../run/past-runs.ts';
import { noRun, type RunState } from '../run/run-state.ts';
import type { Evaluated, Trained, WorkerClient } from '../worker/worker-client.ts';
import type { Followed } from './follow.ts';

/**
 * Numbers of ports, metrics and parameters, and what is checked: all of one state and of one batch, but for checks
 * that take long, which may lag behind while a run goes on.
 */
export type ShownNumbers = Pick<Evaluated, 'values' | 'metrics' | 'tensors' | 'step' | 'checks' | 'readings'>;

/** What the Values panel shows: a port, or a tensor of the state by its name, or the gradient of the loss by it. */
export type Looked =
  | { readonly kind: 'port'; readonly port: string }
  | { readonly kind: 'tensor' | 'gradient'; readonly name: string };

/** Who moves to a step of a contraction path: the Plan panel, or the diagram of the network. */
export type StepLooker = 'plan' | 'diagram';

export interface LookedStep {
  /** As the Plan panel names networks: the path of a node, or a key. */
  readonly network: string;
  readonly step: number;
  readonly by: StepLooker;
}

/** Nothing of it is undone. */
export interface SessionState {
  /** Another one when the document goes on as a copy. */
  readonly id: string;
  readonly save: SaveState;
  readonly shown: ShownNumbers;
  /** All tensors of the state, where they are known. */
  readonly tensors: Evaluated['state'];
  /** What training has made of the state; undefined: first values. */
  readonly trained: Trained | undefined;
  /** How that fits the document as it is now. */
  readonly fit: Evaluated['report'];
  /** How many times fewer operations the paths found in the background take than the first ones. */
  readonly gain: number;
  /** Undefined: a port of the selection. */
  readonly looked: Looked | undefined;
  readonly run: RunState;
  /** Those before it. */
  readonly pastRuns: readonly PastRun[];
  /** Runs of a sweep that are done, and how many there are to be. */
  readonly sweep: { readonly done: number; readonly of: number } | undefined;
  /** The fix under the pointer or the focus: the canvas shows what it would do. */
  readonly preview: Fix | undefined;
  /** The node that is looked into, by its path. */
  readonly inside: PathText | undefined;
  /** The network that is seen as a diagram: the path of its node, or the key of one that several nodes draw. */
  readonly diagram: PathText | undefined;
  /** What the Plan panel and the diagram of a network both look at (see plan/looked-step.ts). */
  readonly planned: {
    /** The path that the Plan panel shows. */
    readonly path?: { readonly network: string; readonly path: SsaPath } | undefined;
    readonly step?: LookedStep | undefined;
    readonly pointed?: Omit<LookedStep, 'by'> | undefined;
  };
  /** What the lesson speaks of, by ids of the document's own level. */
  readonly lit: Lit | undefined;
}

export const nothingShown: ShownNumbers = { values: {}, metrics: {}, tensors: {}, step: 0 };

export const newSession = (id: string): SessionState => ({
  id,
  save: { kind: 'saving' },
  shown: nothingShown,
  tensors: [],
  trained: undefined,
  fit: undefined,
  gain: 1,
  looked: undefined,
  run: noRun(),
  pastRuns: [],
  sweep: undefined,
  preview: undefined,
  inside: undefined,
  diagram: undefined,
  planned: {},
  lit: undefined,
});

export interface SessionCore {
  readonly editor: Editor;
  readonly client: WorkerClient;
  readonly state: StoreApi<SessionState>;
}

/** The document and what is known of it, to be followed as one. */
export const together = ({
  editor,
  state,
}: Pick<SessionCore, 'editor' | 'state'>): Followed<{ editor: EditorState; session: SessionState }> => ({
  getState: () => ({ editor: editor.getState(), session: state.getState() }),
  subscribe(listener) {
    const ends = [editor.subscribe(listener), state.subscribe(listener)];
    return () => {
      for (const end of ends) end();
    };
  },
});
