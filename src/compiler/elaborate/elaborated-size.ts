/** How many nodes a document comes to when every use of a block is written out: known before anything is. */
import type { Block, GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import { blockOf, repeatOf } from '../../document/levels.ts';

export const elaborationLimits = {
  /** Nodes, every repeat counted. */
  nodes: 200_000,
  /** Blocks within blocks. */
  depth: 16,
} as const;

/** The block that a node uses, if it is there. */
export function usedBlock(node: GraphNode, blocks: GraphDocument['blocks']): string | undefined {
  const id = blockOf(node);
  return id !== undefined && Object.hasOwn(blocks, id) ? id : undefined;
}

/**
 * The size of one use of a node: 1, or that of its block times its repeats. A block that contains itself
 * counts as 1 where it does: it is refused there. Time is linear in the document, whatever the product.
 */
export function elaboratedSizes(blocks: GraphDocument['blocks']): (node: GraphNode) => number {
  const sizes = new Map<string, number>();
  const sizeOf = (node: GraphNode): number => {
    const id = usedBlock(node, blocks);
    return id === undefined ? 1 : repeatOf(node) * sizeOfBlock(id);
  };
  const sizeOfBlock = (id: string): number => {
    const known = sizes.get(id);
    if (known !== undefined) return known;
    sizes.set(id, 1);
    let size = 0;
    for (const node of Object.values((blocks[id] as Block).nodes)) size += sizeOf(node);
    sizes.set(id, size);
    return size;
  };
  return sizeOf;
}
