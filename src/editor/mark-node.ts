/** Marks of a node as a command writes them: frozen or not, and its tags. */
import type { GraphNode } from '../../graph-schema/document.ts';
import type { Command } from './editor-types.ts';

type Marking = Omit<Extract<Command, { readonly type: 'mark' }>, 'type' | 'node'>;

/** Writes to the node. Tags are kept once each, as many and as long as the document's schema allows. */
export function markNode(node: GraphNode, { frozen, tags }: Marking): void {
  if (frozen === true) node.frozen = true;
  else if (frozen === false) delete node.frozen;
  if (tags === undefined) return;
  const known = [...new Set(tags.map((tag) => tag.slice(0, 50)))].filter(Boolean).slice(0, 20);
  if (known.length > 0) node.tags = known;
  else delete node.tags;
}
