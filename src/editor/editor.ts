/**
 * The editor itself: dispatch(command) → a new document by immer → patches into the history → checked
 * anew where the structure changed. Everything else in this folder is a part of that sentence.
 */
import { current, enablePatches, isDraft, type Patch, produceWithPatches } from 'immer';
import { checkChange } from '../../graph-schema/check-change.ts';
import type { GraphDocument, GraphLevel } from '../../graph-schema/document.ts';
import { boundPlacements, isFarOut } from '../../graph-schema/placements.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { NodePath } from '../base/path.ts';
import { registryOf } from '../catalogue/index.ts';
import { withFoundPaths } from '../compiler/networks/kept-paths.ts';
import type { Checked, Touched } from '../compiler/types.ts';
import { drawings, existingWay, levelAt, type OpenLevel } from '../document/levels.ts';
import { change, gestureOf } from './change.ts';
import { carryFound } from './document-paths.ts';
import type { Change, Check, Command, Editor, EditorState, Measure, Selection } from './editor-types.ts';
import { History, type Travelled } from './history.ts';
import { trialWith } from './level-trial.ts';
import { type LevelView, viewOf } from './level-view.ts';
import { typicalSizes } from './placement.ts';

enablePatches();

const nothing: Selection = { nodes: [], edges: [] };

/** Layout, name, notes on how to run, contraction paths: none of it says what the graph computes. */
const sameStructure = (a: GraphDocument, b: GraphDocument): boolean =>
  a.nodes === b.nodes && a.edges === b.edges && a.dims === b.dims && a.blocks === b.blocks;

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);

/** Selected ids that exist; the selection itself when all do. */
function existing(selection: Selection, { graph }: LevelView): Selection {
  const nodes = selection.nodes.filter((id) => Object.hasOwn(graph.nodes, id));
  const edges = selection.edges.filter((id) => Object.hasOwn(graph.edges, id));
  const all = nodes.length === selection.nodes.length && edges.length === selection.edges.length;
  return all ? selection : { nodes, edges };
}

/** The nodes and wires that patches write to; undefined where they write to all at once, or into blocks. */
function touchedBy(since: GraphDocument, patches: readonly Patch[]): Touched | undefined {
  if (patches.some(({ path }) => path[0] === 'blocks')) return undefined;
  const under = (part: 'nodes' | 'edges') =>
    patches.flatMap(({ path }) => (path[0] === part ? [path[1]] : []));
  const [nodes, edges] = [under('nodes'), under('edges')];
  if ([...nodes, ...edges].includes(undefined)) return undefined;
  return { since, nodes: nodes.map(String), edges: edges.map(String) };
}

/** A document as it is opened. */
const stateOf = (document: GraphDocument, checked: Checked): EditorState => ({
  document,
  checked,
  view: viewOf(document, checked, []),
  selection: nothing,
  canUndo: false,
  canRedo: false,
  structureRevision: 0,
  edited: false,
  revision: 0,
});

/** What a command makes of the document, as patches both ways, and of the selection where it sets one. */
function changed(check: Check, measure: Measure, state: EditorState, command: Change) {
  let selection: Selection | undefined;
  const trial = trialWith(check, state);
  // A recipe may ask the checker for the ports of a node it has just made; the checker sees plain data.
  const plain = (draft: GraphLevel): GraphLevel => (isDraft(draft) ? current(draft) : draft);
  const recipe = (draft: GraphDocument) => {
    const document = draft;
    const level = levelAt(document, state.view.way) as OpenLevel;
    const context = {
      document,
      level,
      trial: (graph: GraphLevel) => trial(plain(graph)),
      registry: registryOf(state.document),
      measure: (view: LevelView) => measure(state.document, view),
    };
    selection = change(context, command);
  };
  let [next, patches, inverse] = produceWithPatches(state.document, recipe);
  if (patches.some(isFarOut)) {
    [next, patches, inverse] = produceWithPatches(state.document, (draft) => {
      recipe(draft);
      for (const { layout } of drawings(draft)) boundPlacements(layout);
    });
  }
  return { next, patches, inverse, selection };
}

/** The document with paths that a search has found, unless they could not be read again. */
function withReadable(
  document: GraphDocument,
  paths: Readonly<Record<string, string | undefined>>,
): GraphDocument {
  const next = withFoundPaths(document, paths);
  return checkChange(next, [{ path: ['plan'], value: next.plan }]).length === 0 ? next : document;
}

/** What goes with a new document; what is left out stays. */
interface Become {
  readonly selection?: Selection | undefined;
  readonly way?: NodePath;
  readonly touched?: Touched | undefined;
  readonly edited?: boolean;
}

export function createEditorWith(check: Check, document: GraphDocument): Editor {
  let history = new History<GraphDocument, NodePath>();
  let state = stateOf(document, check(document));
  let measure: Measure = () => typicalSizes;
  const listeners = new Set<() => void>();

  function set(next: Partial<EditorState>): void {
    state = { ...state, ...next };
    for (const listener of [...listeners]) listener();
  }

  /** The document has changed into this one; everything that follows from it follows. */
  function become(
    next: GraphDocument,
    { selection = state.selection, way = state.view.way, touched, edited = true }: Become = {},
  ): void {
    const structure = !sameStructure(state.document, next);
    const isLookedAt = structure || next.lesson !== state.document.lesson;
    const checked = isLookedAt ? check(next, touched) : state.checked;
    const view = viewOf(next, checked, existingWay(next, way));
    set({
      document: next,
      view,
      selection: existing(selection, view),
      checked,
      structureRevision: state.structureRevision + (structure ? 1 : 0),
      edited,
      revision: state.revision + 1,
      canUndo: history.canUndo,
      canRedo: history.canRedo,
    });
  }

  function perform(command: Change): readonly Diagnostic[] {
    const { next, patches, inverse, selection } = changed(check, measure, state, command);
    const faults = checkChange(next, patches);
    if (faults.length > 0) return faults;
    if (patches.length > 0) {
      history.record(state.document, next, patches, inverse, state.view.way, gestureOf(command));
      become(next, { selection, touched: touchedBy(state.document, patches) });
    }
    if (command.type === 'move' && command.done) history.settle();
    return [];
  }

  function select(selection: Selection): void {
    history.settle();
    const next = existing(selection, state.view);
    if (sameIds(next.nodes, state.selection.nodes) && sameIds(next.edges, state.selection.edges)) return;
    set({ selection: next });
  }

  function enter(wanted: NodePath, selection: Selection): void {
    history.settle();
    const { document, checked } = state;
    const way = existingWay(document, wanted);
    const view = sameIds(way, state.view.way) ? state.view : viewOf(document, checked, way);
    set({ view, selection: existing(selection, view) });
  }

  function open(opened: GraphDocument): void {
    history = new History<GraphDocument, NodePath>();
    become(opened, { selection: nothing, way: [], edited: false });
  }

  /** To a document out of the history, and to the level where it differs from this one. */
  function travel(to: Travelled<GraphDocument, NodePath> | undefined): void {
    if (!to) {
      set({ canUndo: history.canUndo, canRedo: history.canRedo });
      return;
    }
    const stays = sameIds(to.place, state.view.way);
    become(carryFound(to.document, state.document), {
      way: to.place,
      ...(!stays && { selection: nothing }),
    });
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(command: Command) {
      if (command.type === 'select') select(command.selection);
      else if (command.type === 'enter') enter(command.way, command.select ?? nothing);
      else if (command.type === 'open') open(command.document);
      else if (command.type === 'foundPaths')
        become(withReadable(state.document, command.paths), { edited: state.edited });
      else return perform(command);
      return [];
    },
    undo: () => travel(history.undo(state.document)),
    redo: () => travel(history.redo(state.document)),
    measureBy(given) {
      measure = given;
    },
  };
}
