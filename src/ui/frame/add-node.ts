/** Adding a node from the palette or a list: near the middle of what is in view. */
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import { sayNow } from '../locale.ts';
import { app, canvas, notify, setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';

/** Half the size of a common card: the node's middle, not its corner, goes to the centre. */
const HALF = { x: 75, y: 45 };

export function addNode(definition: AnyNodeDefinition): void {
  const { session } = app();
  if (!session) return;
  const centre = canvas.current?.center() ?? { x: 0, y: 0 };
  session.editor.dispatch({
    type: 'addNode',
    nodeType: definition.type,
    at: { x: Math.round(centre.x - HALF.x), y: Math.round(centre.y - HALF.y) },
  });
  setApp({ sheet: 'none' });
  notify(sayNow(notices.nodeAdded, { title: definition.title }));
}
