/** The records of a document that are keyed by names of its author's: none of them has a prototype. */
import { recordOf, recordWith } from '../src/base/record.ts';
import type { Block, GraphDocument, GraphLevel } from './document.ts';

const ofLevel = <L extends GraphLevel>(level: L): L => ({
  ...level,
  dims: recordWith(level.dims),
  nodes: recordWith(level.nodes),
  edges: recordWith(level.edges),
  layout: { ...level.layout, nodes: recordWith(level.layout.nodes) },
});

export const withBlockRecords = (block: Block): Block => ({
  ...ofLevel(block),
  numbers: recordWith(block.numbers),
});

/** The document with copies of its records, which have no prototype. */
export const withRecords = (document: GraphDocument): GraphDocument => ({
  ...ofLevel(document),
  blocks: recordOf(Object.entries(document.blocks).map(([id, block]) => [id, withBlockRecords(block)])),
  ...(document.data && { data: recordWith(document.data) }),
});
