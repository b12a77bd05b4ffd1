/** The kinds of nodes that can be added to the open document: its catalogue's, and its own blocks. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import { registryOf } from '../../catalogue/index.ts';
import type { NewNode } from '../../editor/index.ts';

export const newNode = ({ type, preset }: AnyNodeDefinition): NewNode => ({ nodeType: type, params: preset });

/** A name for a kind of node, unique in its document: all blocks are of one type. */
export const definitionKey = ({ type, preset }: AnyNodeDefinition): string =>
  preset === undefined ? type : JSON.stringify([type, preset]);

/** What can be added at a level: a block neither into itself nor, in the end, into what it is made of. */
export function addable(document: GraphDocument, block: string | undefined): readonly AnyNodeDefinition[] {
  return registryOf(document).all.filter(({ preset }) => {
    const id = preset?.block;
    return typeof id !== 'string' || block === undefined || !holds(document, id, block);
  });
}

/** Whether a block is the other, or has it somewhere inside. */
function holds(document: GraphDocument, outer: string, inner: string): boolean {
  const found = new Set([outer]);
  for (const id of found) {
    const nodes = Object.hasOwn(document.blocks, id) ? document.blocks[id]?.nodes : undefined;
    for (const { params } of Object.values(nodes ?? {}))
      if (typeof params.block === 'string') found.add(params.block);
  }
  return found.has(inner);
}

export const definitionOf = (document: GraphDocument, key: string): AnyNodeDefinition | undefined =>
  registryOf(document).all.find((definition) => definitionKey(definition) === key);
