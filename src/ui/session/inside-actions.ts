/** Looking into a node: which one is part of the session, so that menus, keys and lessons open it alike. */
import type { PathText } from '../../base/path.ts';
import { blockOf, nodeAt } from '../../document/levels.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { app, setApp } from '../store.ts';
import { insideWords } from '../strings/inside-words.ts';
import type { DocumentSession } from './document-session.ts';

/** Of a node by its path; of the one that is selected when none is named. */
export function lookInside(
  { editor, state }: Pick<DocumentSession, 'editor' | 'state'>,
  path?: PathText,
): void {
  const { document, selection, view } = editor.getState();
  const [selected] = selection.nodes;
  const meant = path ?? (selected === undefined ? undefined : view.pathOf(selected));
  if (meant === undefined) return notify(sayNow(insideWords.whichNode));
  if (blockOf(nodeAt(document, meant)) !== undefined) return notify(sayNow(insideWords.isBlock));
  state.setState({ inside: meant });
  if (app().sheet !== 'none') setApp({ sheet: 'none' });
}

export const closeInside = ({ state, canvas }: Pick<DocumentSession, 'state' | 'canvas'>): void => {
  state.setState({ inside: undefined });
  canvas.current?.focus();
};
