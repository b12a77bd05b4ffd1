/**
 * Seeing a contraction as a tensor-network diagram: which one is seen is part of the session, so that menus, keys,
 * panels and lessons open it alike. The diagram itself is drawn by ui/diagram, fetched when it is first opened.
 */
import type { PathText } from '../../base/path.ts';
import { registryOf } from '../../catalogue/index.ts';
import { nodeAt } from '../../document/levels.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { app, setApp } from '../store.ts';
import { diagramDoors } from '../strings/diagram-doors.ts';
import type { DocumentSession } from './document-session.ts';

type Seen = Pick<DocumentSession, 'editor' | 'state'>;

/** Opens the diagram of a network: of a node by its path, or of one that several nodes draw by its key. */
export function openDiagram({ state }: Pick<Seen, 'state'>, network: PathText): void {
  state.setState({ diagram: network });
  // On a narrow screen a sheet lies over the canvas, in whose place the diagram is seen.
  if (app().sheet !== 'none') setApp({ sheet: 'none' });
}

export const closeDiagram = ({ state }: Pick<Seen, 'state'>): void => state.setState({ diagram: undefined });

/** Whether a node contracts tensors: what has a network has a diagram. */
export function isContraction({ editor }: Pick<Seen, 'editor'>, path: PathText): boolean {
  const { document } = editor.getState();
  const node = nodeAt(document, path);
  return node !== undefined && registryOf(document).of(node)?.network !== undefined;
}

/** The contraction that is meant when none is named: the one selected, else the first on the level. */
export function meantContraction(session: Pick<Seen, 'editor'>): PathText | undefined {
  const { selection, view } = session.editor.getState();
  const found = (ids: readonly string[]) =>
    ids.map((id) => view.pathOf(id)).find((path) => isContraction(session, path));
  return found(selection.nodes) ?? found(view.order);
}

/** Closes the diagram if this one is open, or if it is any and none is named; else opens it. */
export function toggleDiagram(session: Seen, network = meantContraction(session)): void {
  const { diagram } = session.state.getState();
  if (diagram !== undefined && (network === undefined || network === diagram)) return closeDiagram(session);
  if (network === undefined || !network) return notify(sayNow(diagramDoors.none));
  openDiagram(session, network);
}
