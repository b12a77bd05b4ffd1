/** Adding a node, or a drawing of several, from the palette or a list: in the middle of what is in view. */
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { newNode } from '../parts/definitions.ts';
import type * as NodeFinder from '../parts/node-finder.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';
import { workbench } from '../strings/workbench.ts';

const middle = { x: 0.5, y: 0.5 };

export function addNode({ editor, canvas }: DocumentSession, definition: AnyNodeDefinition): void {
  const at = canvas.current?.center() ?? { x: 0, y: 0 };
  editor.dispatch({ type: 'addNode', ...newNode(definition), at, hold: middle });
  setApp({ sheet: 'none' });
  notify(sayNow(notices.nodeAdded, { title: definition.title }));
}

/** The tensors of an equation, wired into their contraction, as one step. */
export function drawEquation(
  { editor, canvas }: DocumentSession,
  finder: Pick<typeof NodeFinder, 'drawEquation'>,
  equation: string,
): void {
  const at = canvas.current?.center() ?? { x: 0, y: 0 };
  const nodes = finder.drawEquation(editor, equation, { x: at.x - 200, y: at.y - 160 });
  canvas.current?.bring({ nodes, edges: [] });
  setApp({ sheet: 'none' });
  notify(sayNow(workbench.equationDrawn, { equation }));
}
