/** Adding a node from the palette or a list: in the middle of what is in view. */
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { newNode } from '../parts/definitions.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';

const middle = { x: 0.5, y: 0.5 };

export function addNode({ editor, canvas }: DocumentSession, definition: AnyNodeDefinition): void {
  const at = canvas.current?.center() ?? { x: 0, y: 0 };
  editor.dispatch({ type: 'addNode', ...newNode(definition), at, hold: middle });
  setApp({ sheet: 'none' });
  notify(sayNow(notices.nodeAdded, { title: definition.title }));
}
