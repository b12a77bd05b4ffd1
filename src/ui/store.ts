/**
 * The state of the page around the document: which screen and overlay are open, what was computed, how
 * the run goes. The document itself and its history live in the session's editor; nothing here is saved
 * with it or undone.
 */
import { create } from 'zustand';
import type { Code } from '../base/codes.ts';
import type { Diagnostic, Fix } from '../base/diagnostic.ts';
import type { Editor } from '../editor/index.ts';
import type { CanvasHandle } from './canvas/props.ts';
import type { Autosave, SaveState } from './persistence/autosave.ts';
import { type Curves, createCurves } from './run/curves.ts';
import type { ThreadsDecision, Values } from './worker/worker-client.ts';

/** One open document. */
export interface Session {
  /** Unlike the id, it stays when the document goes on as a copy. */
  readonly serial: number;
  readonly id: string;
  readonly editor: Editor;
  readonly autosave: Autosave;
}

export type RunPhase = 'idle' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

export interface RunState {
  readonly phase: RunPhase;
  readonly step: number;
  readonly steps: number;
  readonly seed: number;
  readonly engine: string;
  readonly parameters: number;
  /** Which number of threads has proved best; undefined until that is known, and where one was chosen. */
  readonly sharing: ThreadsDecision | undefined;
  /** Steps per second, lately. */
  readonly rate: number;
  /** The newest of each metric, training and held-back. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly curves: Curves;
  /** Grows whenever the curves have: they are filled in place. */
  readonly drawn: number;
}

export const noRun = (): RunState => ({
  phase: 'idle',
  step: 0,
  steps: 0,
  seed: 0,
  engine: '',
  parameters: 0,
  sharing: undefined,
  rate: 0,
  metrics: {},
  diagnostics: [],
  curves: createCurves(),
  drawn: 0,
});

export type Overlay =
  | { readonly kind: 'help' }
  | { readonly kind: 'commands' }
  | { readonly kind: 'find' }
  | { readonly kind: 'code'; readonly code: Code }
  | { readonly kind: 'badFile'; readonly file: string; readonly diagnostics: readonly Diagnostic[] };

/** On a narrow screen one of the panels lies over the canvas, as a sheet. */
export type Sheet = 'none' | 'palette' | 'inspector' | 'dock';

interface AppState {
  readonly session: Session | undefined;
  readonly save: SaveState;
  readonly overlay: Overlay | undefined;
  readonly sheet: Sheet;
  /** The sentence in the status line; `at` tells one from its like. */
  readonly notice: { readonly message: string; readonly at: number } | undefined;
  readonly values: Values;
  /** How many times fewer operations the orders found in the background make than the first ones. */
  readonly gain: number;
  /** The port whose numbers the dock shows, `node.port`; undefined: that of the selection. */
  readonly port: string | undefined;
  readonly run: RunState;
  /** The fix under the pointer or the focus: the canvas shows what it would do. */
  readonly preview: Fix | undefined;
}

export const useApp = create<AppState>()(() => ({
  session: undefined,
  save: { kind: 'saved' },
  overlay: undefined,
  sheet: 'none',
  notice: undefined,
  values: {},
  gain: 1,
  port: undefined,
  run: noRun(),
  preview: undefined,
}));

export const app = () => useApp.getState();
export const setApp = (change: Partial<AppState>): void => useApp.setState(change);

/** The canvas on the screen, when there is one. */
export const canvas: { current: CanvasHandle | null } = { current: null };

let notices = 0;

export function notify(message: string): void {
  setApp({ notice: { message, at: ++notices } });
}
