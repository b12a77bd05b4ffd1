/** Finds a node of a document by its path after elaboration, without elaborating anything. */
import type { GraphDocument, GraphLevel, GraphNode } from '../../../graph-schema/document.ts';
import { type PathText, readPath } from '../../base/path.ts';
import { own } from './level.ts';
import { blockOf } from './size.ts';

/** The node at a path; undefined where there is none. An index of a repeat is passed over. */
export function nodeAt(document: GraphDocument, path: PathText): GraphNode | undefined {
  const ids = readPath(path);
  let level: GraphLevel | undefined = document;
  for (let i = 0; level; i++) {
    const node: GraphNode | undefined = own(level.nodes, ids[i] as string);
    if (!node || i === ids.length - 1) return node;
    const block = blockOf(node, document.blocks);
    level = block === undefined ? undefined : document.blocks[block];
    if (node.params.repeat !== undefined) i++;
  }
  return undefined;
}
