/** From a document to its flat graph: every use of a block replaced by the block's nodes, under their paths. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Outcome } from '../../base/diagnostic.ts';
import type { Registry } from '../../catalogue/registry.ts';
import { type ElaborateOptions, Elaborator } from './elaborator.ts';
import type { FlatGraph } from './flat.ts';

/**
 * The flat graph of a document. A use that cannot be replaced – its block is missing, contains itself,
 * or comes to too many nodes – stays as a node of type block, and the diagnostics say why.
 */
export function elaborate(
  document: GraphDocument,
  registry: Registry,
  options?: ElaborateOptions,
): Outcome<FlatGraph> {
  const elaborator = new Elaborator(() => registry, options);
  elaborator.update(document);
  const { nodes, edges } = elaborator.records;
  const diagnostics = Object.keys(nodes).flatMap((path) => elaborator.faults(path));
  return { value: { nodes, edges, dims: elaborator.dims, regions: elaborator.regions }, diagnostics };
}
