/**
 * The canvas's contract with the application frame: what it is given and what it tells. The document
 * lives in the editor; the canvas draws its state and dispatches commands, and keeps nothing of its own
 * that is worth saving.
 */
import type { Fix } from '../../base/diagnostic.ts';
import type { Locale } from '../../base/text.ts';
import type { Editor } from '../../editor/index.ts';
import type { CheckVerdict, TensorValue } from '../../worker/protocol.ts';

/** A tensor as the worker sends it: its first elements, and statistics of all of them. */
export type { CheckVerdict, TensorValue };

/** What the user wants to read about. Also selected in the editor at that moment. */
export type Inspected =
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'edge'; readonly id: string };

/** The `dataTransfer` type under which the palette offers a node type to the canvas. */
export const DRAG_TYPE = 'application/x-tensorloom-node';

let dragged: string | undefined;

/** What the palette has in the drag that goes on: the browser tells the canvas only when it is dropped. */
export const draggedKey = (): string | undefined => dragged;
export const setDraggedKey = (key: string | undefined): void => {
  dragged = key;
};

export interface Lit {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** What is done with blocks, and said of it. */
export interface BlockActions {
  /** Puts the selection into a new block. */
  group(): void;
  ungroup(node: string): void;
  enter(node: string): void;
  /** Back to the level around; nothing at the document's own. */
  leave(): void;
}

/** Seeing a contraction as a tensor-network diagram. */
export interface DiagramActions {
  /** Whether a node of the level has one. */
  has(node: string): boolean;
  /** Of a node of the level, or, when left out, of the one that is meant. */
  toggle(node?: string): void;
}

export interface CanvasProps {
  readonly editor: Editor;
  readonly locale: Locale;
  /** Values of ports, by `node.port`. May change many times a second: only what shows them is drawn anew. */
  readonly values: Readonly<Record<string, TensorValue>>;
  /** What checks have measured last, and what was read off optimizers, by the paths of their nodes. */
  readonly checks?: readonly CheckVerdict[] | undefined;
  readonly running: boolean;
  readonly blocks: BlockActions;
  readonly diagrams: DiagramActions;
  /** A fix that is looked at: what it would do is drawn as a mark. */
  readonly preview?: Fix | undefined;
  /** Ids of cards and wires of the document's own level that a lesson speaks of. */
  readonly lit?: Lit | undefined;
  /** A double click or Enter on a node or wire: bring its inspector forward. */
  onInspect(inspected: Inspected): void;
  /** Opens a node into what it is made of; the selected one when none is named. */
  onLookInside(node?: string): void;
  /** Lays out the level, or what is selected of it. */
  onTidy(direction: 'right' | 'down'): void;
  /** A sentence for the status line, already in the locale: a paste that failed, a wire that cannot be. */
  onNotice(message: string): void;
}

/** What the frame may ask of the canvas, through a React ref. */
export interface CanvasHandle {
  /** Brings these nodes and wires into view, selects them and puts the focus on the first. */
  reveal(place: { readonly nodes?: readonly string[]; readonly edges?: readonly string[] }): void;
  /** Brings these cards and wires into view, where they are not, and leaves selection and focus alone. */
  bring(place: Lit): void;
  fit(): void;
  /** Where a new node should go when it is added by a click: the middle of what is in view. */
  center(): { readonly x: number; readonly y: number };
  focus(): void;
}
