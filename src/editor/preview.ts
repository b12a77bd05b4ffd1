/**
 * The preview of a change: the state as it would be, drawn together with what would go. Nothing of it is
 * dispatched; the document, its history and its selection stay as they are.
 */
import type { Edit } from '../base/edit.ts';
import { edited } from '../compiler/fixes/apply-edits.ts';
import { spotNear } from './placement.ts';
import type { Check, EditorState } from './types.ts';

export type PreviewMark = 'new' | 'gone' | 'changed';

export interface Preview {
  /** What is to be drawn: the changed document, and in it what the change would remove. */
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
const together = <T>(before: Readonly<Record<string, T>>, now: Readonly<Record<string, T>>) => ({
  ...before,
  ...now,
});

export function previewWith(check: Check, state: EditorState, edits: readonly Edit[]): Preview {
  const { document, checked } = state;
  const after = edited(document, edits, spotNear);
  const now = check(after);
  return {
    nodes: marks(document.nodes, after.nodes),
    edges: marks(document.edges, after.edges),
    state: {
      ...state,
      document: {
        ...after,
        nodes: together(document.nodes, after.nodes),
        edges: together(document.edges, after.edges),
        layout: { ...after.layout, nodes: together(document.layout.nodes, after.layout.nodes) },
      },
      checked: {
        nodes: together(checked.nodes, now.nodes),
        edges: together(checked.edges, now.edges),
        diagnostics: now.diagnostics,
        order: checked.order,
      },
    },
  };
}
