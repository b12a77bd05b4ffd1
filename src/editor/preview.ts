/**
 * The preview of a change: the level as it would be, drawn together with what would go. Nothing of it is
 * dispatched; the document, its history and its selection stay as they are.
 */
import type { GraphLevel } from '../../graph-schema/document.ts';
import type { Edit } from '../base/edit.ts';
import { recordWith } from '../base/record.ts';
import { withEdits } from '../document/apply-edits.ts';
import type { Check, EditorState, Measure } from './editor-types.ts';
import { type LevelView, viewOf } from './level-view.ts';
import { placeAdded, typicalSizes } from './placement.ts';

export type PreviewMark = 'new' | 'gone' | 'changed';

export interface Preview {
  /** What is to be drawn: the changed level, and in it what the change would remove. */
  readonly state: EditorState;
  readonly nodes: ReadonlyMap<string, PreviewMark>;
  readonly edges: ReadonlyMap<string, PreviewMark>;
}

function marks<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Map<string, PreviewMark> {
  const found = new Map<string, PreviewMark>();
  for (const id of Object.keys(before)) {
    if (!Object.hasOwn(after, id)) found.set(id, 'gone');
    else if (after[id] !== before[id]) found.set(id, 'changed');
  }
  for (const id of Object.keys(after)) if (!Object.hasOwn(before, id)) found.set(id, 'new');
  return found;
}

/** Every entry of `now`, and those of `before` that are gone. */
const together = <T>(before: Readonly<Record<string, T>>, now: Readonly<Record<string, T>>) =>
  recordWith(before, now);

/** Both levels at once; what is in both is as it is now. */
function bothViews(before: LevelView, now: LevelView): LevelView {
  const graph: GraphLevel = {
    ...now.graph,
    nodes: together(before.graph.nodes, now.graph.nodes),
    edges: together(before.graph.edges, now.graph.edges),
    layout: {
      ...now.graph.layout,
      nodes: together(before.graph.layout.nodes, now.graph.layout.nodes),
    },
  };
  return {
    ...now,
    graph,
    order: before.order,
    node: (id) => now.node(id) ?? before.node(id),
    edge: (id) => now.edge(id) ?? before.edge(id),
    nodeOf: (path) => now.nodeOf(path) ?? before.nodeOf(path),
    edgeOf: (path) => now.edgeOf(path) ?? before.edgeOf(path),
  };
}

export function previewWith(
  check: Check,
  state: EditorState,
  edits: readonly Edit[],
  measure: Measure,
): Preview {
  const { document, view } = state;
  const { document: after, added } = withEdits(document, edits);
  const checked = check(after);
  const now = viewOf(after, checked, view.way);
  const sizes = measure(after, now);
  placeAdded(added, (graph) => ({ graph, sizes: graph === now.graph ? sizes : typicalSizes }));
  return {
    nodes: marks(view.graph.nodes, now.graph.nodes),
    edges: marks(view.graph.edges, now.graph.edges),
    state: { ...state, document: after, checked, view: bothViews(view, now) },
  };
}
