/** Which block is meant by commands on a block. */
import { blockOf, entry } from '../../document/levels.ts';
import type { DocumentSession } from './document-session.ts';

/** The one block that is selected. */
export function selectedBlock({ editor }: Pick<DocumentSession, 'editor'>): string | undefined {
  const { selection, view } = editor.getState();
  const [id, another] = selection.nodes;
  return id !== undefined && another === undefined && blockOf(entry(view.graph.nodes, id)) !== undefined
    ? id
    : undefined;
}
