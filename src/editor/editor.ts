/**
 * The editor itself: dispatch(command) → a new document by immer → patches into the history → checked
 * anew where the structure changed. Everything else in this folder is a part of that sentence.
 */
import { current, enablePatches, isDraft, type Patch, produceWithPatches } from 'immer';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { withFoundPaths } from '../compiler/networks/kept-paths.ts';
import type { Touched } from '../compiler/types.ts';
import { change, gestureOf } from './change.ts';
import { History } from './history.ts';
import { carryFound } from './orders.ts';
import type { Change, Check, Command, Editor, EditorState, Selection } from './types.ts';

enablePatches();

const nothing: Selection = { nodes: [], edges: [] };

/** Layout, name, notes on how to run, orders of contraction: none of it says what the graph computes. */
const sameStructure = (a: GraphDocument, b: GraphDocument): boolean =>
  a.nodes === b.nodes && a.edges === b.edges && a.dims === b.dims && a.blocks === b.blocks;

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);

/** Selected ids that exist; the selection itself when all do. */
function existing(selection: Selection, document: GraphDocument): Selection {
  const nodes = selection.nodes.filter((id) => Object.hasOwn(document.nodes, id));
  const edges = selection.edges.filter((id) => Object.hasOwn(document.edges, id));
  const all = nodes.length === selection.nodes.length && edges.length === selection.edges.length;
  return all ? selection : { nodes, edges };
}

/** The nodes and wires that patches write to; undefined where they write to all at once. */
function touchedBy(since: GraphDocument, patches: readonly Patch[]): Touched | undefined {
  const under = (part: 'nodes' | 'edges') =>
    patches.flatMap(({ path }) => (path[0] === part ? [path[1]] : []));
  const [nodes, edges] = [under('nodes'), under('edges')];
  if ([...nodes, ...edges].includes(undefined)) return undefined;
  return { since, nodes: nodes.map(String), edges: edges.map(String) };
}

export function createEditorWith(check: Check, document: GraphDocument): Editor {
  let history = new History<GraphDocument>();
  let state: EditorState = {
    document,
    checked: check(document),
    selection: nothing,
    canUndo: false,
    canRedo: false,
    structureRevision: 0,
    edited: false,
    revision: 0,
  };
  const listeners = new Set<() => void>();

  function set(next: Partial<EditorState>): void {
    state = { ...state, ...next };
    for (const listener of [...listeners]) listener();
  }

  /** The document has changed into this one; everything that follows from it follows. */
  function become(
    next: GraphDocument,
    selection: Selection = state.selection,
    touched?: Touched,
    edited = true,
  ): void {
    const structure = !sameStructure(state.document, next);
    set({
      document: next,
      selection: existing(selection, next),
      checked: structure ? check(next, touched) : state.checked,
      structureRevision: state.structureRevision + (structure ? 1 : 0),
      edited,
      revision: state.revision + 1,
      canUndo: history.canUndo,
      canRedo: history.canRedo,
    });
  }

  function perform(command: Change): void {
    let selection: Selection | undefined;
    // A recipe may ask the checker for the ports of a node it has just made; the checker sees plain data.
    const checkDraft: Check = (draft) => check(isDraft(draft) ? current(draft) : draft);
    const [next, patches, inverse] = produceWithPatches(state.document, (draft) => {
      selection = change(draft as GraphDocument, command, checkDraft) ?? undefined;
    });
    const gesture = gestureOf(command);
    if (patches.length > 0) {
      history.record(state.document, next, patches, inverse, gesture);
      become(next, selection, touchedBy(state.document, patches));
    }
    if (command.type === 'move' && command.done) history.settle();
  }

  function select(selection: Selection): void {
    history.settle();
    const next = existing(selection, state.document);
    if (sameIds(next.nodes, state.selection.nodes) && sameIds(next.edges, state.selection.edges)) return;
    set({ selection: next });
  }

  function open(opened: GraphDocument): void {
    history = new History<GraphDocument>();
    become(opened, nothing, undefined, false);
  }

  function travel(to: GraphDocument): void {
    if (to !== state.document) become(carryFound(to, state.document));
    else set({ canUndo: history.canUndo, canRedo: history.canRedo });
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(command: Command) {
      if (command.type === 'select') select(command.selection);
      else if (command.type === 'open') open(command.document);
      else if (command.type === 'foundOrders')
        become(withFoundPaths(state.document, command.orders), state.selection, undefined, state.edited);
      else perform(command);
    },
    undo: () => travel(history.undo(state.document)),
    redo: () => travel(history.redo(state.document)),
  };
}
