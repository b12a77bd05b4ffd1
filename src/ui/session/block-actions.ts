/** Grouping, entering and leaving blocks as the page offers them: each tells in the status line what came of it. */
import { blockOf, entry, repeatOf } from '../../document/levels.ts';
import { groupable, ungroupObstacle } from '../../editor/index.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { nodeTitle, titleIn } from '../parts/node-title.ts';
import { useSettings } from '../settings.ts';
import { blocks } from '../strings/block-words.ts';
import type { DocumentSession } from './document-session.ts';

/** The one block that is selected. */
export function selectedBlock({ editor }: Pick<DocumentSession, 'editor'>): string | undefined {
  const { selection, view } = editor.getState();
  const [id, another] = selection.nodes;
  return id !== undefined && another === undefined && blockOf(entry(view.graph.nodes, id)) !== undefined
    ? id
    : undefined;
}

export function groupSelection({ editor, canvas }: DocumentSession): void {
  const { document, selection, view } = editor.getState();
  if (groupable(view.graph, selection.nodes).length === 0) return notify(sayNow(blocks.nothingToGroup));
  const name = sayNow(blocks.newName, { number: Object.keys(document.blocks).length + 1 });
  editor.dispatch({ type: 'group', selection, name });
  // The cards that had the focus are gone.
  canvas.current?.focus();
  notify(sayNow(blocks.groupMade, { title: name }));
}

/** `id`: a node of the level; the selected one when left out. */
export function ungroupBlock(session: DocumentSession, id = selectedBlock(session)): void {
  const { editor } = session;
  if (id === undefined) return notify(sayNow(blocks.nothingToUngroup));
  const obstacle = ungroupObstacle(editor.getState(), id);
  if (obstacle) return notify(sayNow(obstacle));
  editor.dispatch({ type: 'ungroup', node: id });
  notify(sayNow(blocks.ungrouped, { count: editor.getState().selection.nodes.length }));
}

export function enterBlock(session: DocumentSession, id = selectedBlock(session)): void {
  const { editor } = session;
  const { document, view } = editor.getState();
  if (id === undefined) return notify(sayNow(blocks.noBlock));
  editor.dispatch({ type: 'enter', way: [...view.way, id] });
  const now = editor.getState();
  if (now.view.way.length === view.way.length) return;
  const node = view.graph.nodes[id];
  const times = node && repeatOf(node) > 1 ? ` × ${repeatOf(node)}` : '';
  const title = titleIn(document, view.graph.nodes, id, useSettings.getState().locale) + times;
  notify(sayNow(blocks.entered, { title }));
}

/** Goes back to the level of this depth; to that around the present one when left out. */
export function leaveBlock({ editor }: DocumentSession, depth?: number): void {
  const { document, view } = editor.getState();
  const way = view.way.slice(0, depth ?? -1);
  const left = view.way[way.length];
  if (left === undefined) return;
  editor.dispatch({ type: 'enter', way, select: { nodes: [left], edges: [] } });
  const around =
    way.length === 0 ? document.name : nodeTitle(document, way.join('/'), useSettings.getState().locale);
  notify(sayNow(blocks.left, { title: around }));
}
