/** The editor's contract: what it holds, what may be asked of it. Nothing here knows React or the DOM. */

import type { DataRecord, GraphDocument, GraphLevel, Placement } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Edit, PortRef } from '../base/edit.ts';
import type { NodePath } from '../base/path.ts';
import type { Checked, Touched } from '../compiler/types.ts';
import type { Point } from '../document/places.ts';
import type { LevelView } from './level-view.ts';
import type { CardSizes } from './placement.ts';

export type { Point } from '../document/places.ts';

/** Of the level that is shown, by ids. */
export interface Selection {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/**
 * How a new node is wired at once. `from` feeds its input `toPort`; its output `fromPort` feeds `to`;
 * with `edge` it goes in between that wire's ends. A port left out is the node's first.
 */
export interface NewWires {
  readonly from?: PortRef;
  readonly toPort?: string;
  readonly to?: PortRef;
  readonly fromPort?: string;
  readonly edge?: string;
}

/** By which input and which output a node lies in a wire. */
export interface Insertion {
  readonly toPort: string;
  readonly fromPort: string;
}

/** Commands name nodes and wires of the level that is shown by their ids; only `edits` reach elsewhere, by paths. */
export type Command =
  /** A diagnostic's fix, as one step. */
  | { readonly type: 'edits'; readonly edits: readonly Edit[] }
  /**
   * `hold` is the point of the card that shall lie at `at`, in parts of its width and height from its upper
   * left corner, which it is when left out. The node moves aside when something lies there. One that goes
   * into a wire lies on it, as near to `at` as the wire goes if `hold` is given, and what follows makes room.
   * The new node becomes the selection.
   */
  | {
      readonly type: 'addNode';
      readonly node?: string;
      readonly nodeType: string;
      readonly at: Point;
      readonly hold?: Point;
      /** Sizes that the document learns where it has none of these names. */
      readonly symbols?: Readonly<Record<string, number>> | undefined;
      readonly params?: Readonly<Record<string, unknown>>;
      readonly connect?: NewWires;
      /** Data of the document's own that come with the node, by their name. */
      readonly data?: Readonly<Record<string, DataRecord>>;
    }
  /** Other data under the name of those that are there. */
  | { readonly type: 'setData'; readonly id: string; readonly record: DataRecord }
  /** Replaces the wire that the input may have. */
  | { readonly type: 'connect'; readonly from: PortRef; readonly to: PortRef }
  /** Another way for a wire that is there. */
  | { readonly type: 'reconnect'; readonly edge: string; readonly from: PortRef; readonly to: PortRef }
  /** Puts a node that has no wires between the ends of one, where it lies on the wire; what follows makes room. */
  | ({ readonly type: 'insert'; readonly node: string; readonly edge: string } & Insertion)
  /** Wires of deleted nodes go with them. */
  | { readonly type: 'delete'; readonly selection: Selection }
  /** Moves with `done: false` and the one that ends them are one step of the history. */
  | { readonly type: 'move'; readonly positions: Readonly<Record<string, Point>>; readonly done: boolean }
  /** `undefined` removes the parameter. Typing in one field is one step until another command comes. */
  | { readonly type: 'setParam'; readonly node: string; readonly key: string; readonly value: unknown }
  | { readonly type: 'setLabel'; readonly node: string; readonly label: string }
  /** Whether what is learned in the node stays as it is, and by which tags optimizers find it; what is left out stays. */
  | {
      readonly type: 'mark';
      readonly node: string;
      readonly frozen?: boolean;
      readonly tags?: readonly string[];
    }
  /** Of the level: the document's, or the block's. `undefined` removes the symbol. */
  | { readonly type: 'setDim'; readonly name: string; readonly size: number | undefined }
  | { readonly type: 'setRun'; readonly run: Partial<NonNullable<GraphDocument['run']>> }
  | { readonly type: 'rename'; readonly name: string }
  /** Another version of the document in its place; its name stays. Several in a row are one step. */
  | { readonly type: 'restore'; readonly document: GraphDocument }
  | { readonly type: 'describe'; readonly description: string }
  /**
   * The lesson of the document, whole, as JSON; `undefined` removes it. Changes of one `field` in a row are one step
   * of the history.
   */
  | { readonly type: 'setLesson'; readonly lesson: unknown; readonly field?: string | undefined }
  /** Text that is not a clip changes nothing; `readClip` tells why. `at` is the clip's upper left corner. */
  | { readonly type: 'paste'; readonly text: string; readonly at?: Point }
  | { readonly type: 'duplicate'; readonly selection: Selection }
  | { readonly type: 'place'; readonly placements: Readonly<Record<string, Placement>> }
  /** The contraction path of a network (compiler/networks/kept-paths.ts); `undefined`: the best that is found. */
  | { readonly type: 'choosePath'; readonly network: string; readonly path: string | undefined }
  /** Puts the chosen nodes into a new block, with an instance of it in their place, which becomes the selection. */
  | { readonly type: 'group'; readonly selection: Selection; readonly name?: string }
  /** Puts what a block holds in the place of its instance (see `ungroupObstacle` for when it cannot be). */
  | { readonly type: 'ungroup'; readonly node: string }
  /** Another name for a port of the block that is open (see `portNameObstacle`); wires of all its uses follow. */
  | { readonly type: 'renamePort'; readonly node: string; readonly name: string }
  /** What every instance of a block shares; `undefined` removes a number. */
  | { readonly type: 'renameBlock'; readonly block: string; readonly name: string }
  | { readonly type: 'describeBlock'; readonly block: string; readonly description: string }
  | {
      readonly type: 'setBlockNumber';
      readonly block: string;
      readonly name: string;
      readonly number: number | undefined;
    }
  /** Removes the definition of a block that nothing uses. */
  | { readonly type: 'deleteBlock'; readonly block: string }
  /** Not undoable: */
  | { readonly type: 'select'; readonly selection: Selection }
  /** Shows the level that this way of instances leads to, as far as it leads; the selection is `select`, or empty. */
  | { readonly type: 'enter'; readonly way: NodePath; readonly select?: Selection }
  /** Contraction paths that a search has found, by network; `undefined` forgets one. Undo and redo leave them as they are. */
  | { readonly type: 'foundPaths'; readonly paths: Readonly<Record<string, string | undefined>> }
  /** Begins a new history. */
  | { readonly type: 'open'; readonly document: GraphDocument };

/** A command that changes the document in a way that can be undone. */
export type Change = Exclude<Command, { readonly type: 'select' | 'enter' | 'foundPaths' | 'open' }>;

export interface EditorState {
  readonly document: GraphDocument;
  /** Of the whole document, by paths. Recomputed when the structure changed, never for positions or selection. */
  readonly checked: Checked;
  /** The level that is shown and edited. */
  readonly view: LevelView;
  readonly selection: Selection;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Grows with every change of the document's structure (not of its layout). */
  readonly structureRevision: number;
  /** Whether somebody has changed the document since it was opened; found paths are nobody's work. */
  readonly edited: boolean;
  /** Grows with every change worth saving. */
  readonly revision: number;
}

/** How large the page draws the cards of a level of the document. */
export type Measure = (document: GraphDocument, view: LevelView) => CardSizes;

export interface Editor {
  getState(): EditorState;
  subscribe(listener: () => void): () => void;
  /**
   * Gives what stands in the way of a change that would leave a document that cannot be read again: then
   * nothing is changed.
   */
  dispatch(command: Command): readonly Diagnostic[];
  undo(): void;
  redo(): void;
  /** From here on new nodes are placed among cards of these sizes; before, all are taken for typical ones. */
  measureBy(measure: Measure): void;
}

/**
 * A checker gives the same objects again for nodes and wires that come out the same. Who knows what an
 * edit has touched says so, and spares it the comparison of whole documents.
 */
export type Check = (document: GraphDocument, touched?: Touched) => Checked;

/** A check of the document with another drawing for one level, seen from that level: what a trial asks. */
export type Trial = (graph: GraphLevel) => LevelView;
