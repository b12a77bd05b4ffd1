/** Grouping, entering and leaving blocks as the page offers them, by keys, menus and buttons. */
import { groupable, ungroupObstacle } from '../../editor/index.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { blocks } from '../strings/block-words.ts';
import type { DocumentSession } from './document-session.ts';
import { selectedBlock } from './selected-block.ts';

export function groupSelection({ editor, canvas }: DocumentSession): void {
  const { document, selection, view } = editor.getState();
  if (groupable(view.graph, selection.nodes).length === 0) return notify(sayNow(blocks.nothingToGroup));
  const name = sayNow(blocks.newName, { number: Object.keys(document.blocks).length + 1 });
  editor.dispatch({ type: 'group', selection, name });
  // The cards that had the focus are gone.
  canvas.current?.focus();
  const byTouch = matchMedia('(pointer: coarse)').matches;
  notify(sayNow(byTouch ? blocks.groupMadeByTouch : blocks.groupMade, { title: name }));
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

/** What is entered and left is told by the bar over the canvas (frame/LevelBar.tsx). */
export function enterBlock({ editor }: DocumentSession, id = selectedBlock({ editor })): void {
  if (id === undefined) return notify(sayNow(blocks.noBlock));
  editor.dispatch({ type: 'enter', way: [...editor.getState().view.way, id] });
}

/** Goes back to the level of this depth; to that around the present one when left out. */
export function leaveBlock({ editor }: DocumentSession, depth?: number): void {
  const { way: now } = editor.getState().view;
  const way = now.slice(0, depth ?? -1);
  const left = now[way.length];
  if (left !== undefined) editor.dispatch({ type: 'enter', way, select: { nodes: [left], edges: [] } });
}
