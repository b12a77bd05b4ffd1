/**
 * The state of the page around the document: which document is open, and what lies over it. What belongs to
 * a document is in its session (session/document-session.ts).
 */
import { create } from 'zustand';
import type { Code } from '../base/codes.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { PlacedFile } from './data/data-messages.ts';
import type { DocumentSession } from './session/document-session.ts';

export type Overlay =
  | { readonly kind: 'help' }
  | { readonly kind: 'commands' }
  | { readonly kind: 'find' }
  | { readonly kind: 'code'; readonly code: Code }
  | {
      readonly kind: 'badFile';
      readonly file: string;
      readonly diagnostics: readonly Diagnostic[];
      /** Of what this browser keeps, where it cannot be read. */
      readonly text?: string | undefined;
    }
  /** Files of data to be looked at and added; or to stand in the place of data that are there. */
  | { readonly kind: 'data'; readonly files: readonly PlacedFile[]; readonly replaces?: string | undefined }
  /** The document as a PyTorch script. */
  | { readonly kind: 'exportTorch' }
  /** Weights of another program for it. */
  | { readonly kind: 'weights'; readonly file: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The open document is about to be left though storage has not taken it. */
  | { readonly kind: 'leave'; answer(leaves: boolean): void };

/** On a narrow screen one of the panels lies over the canvas, as a sheet. */
export type Sheet = 'none' | 'lesson' | 'palette' | 'inspector' | 'dock';

interface AppState {
  readonly session: DocumentSession | undefined;
  readonly overlay: Overlay | undefined;
  readonly sheet: Sheet;
  /** The teacher's view of a lesson: large type, panels away. */
  readonly teaching: boolean;
  /** The lesson is written instead of read. */
  readonly editingLesson: boolean;
}

export const useApp = create<AppState>()(() => ({
  session: undefined,
  overlay: undefined,
  sheet: 'none',
  teaching: false,
  editingLesson: false,
}));

export const app = () => useApp.getState();
export const setApp = (change: Partial<AppState>): void => useApp.setState(change);
