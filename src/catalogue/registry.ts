/** The node types that one document may use: those of the catalogue, and its own blocks and data sets. */
import type { Block, GraphDocument, GraphNode } from '../../graph-schema/document.ts';
import { datasets, ownHeader } from '../datasets/index.ts';
import { BLOCK, blockDefinition, blockInput, blockOutput } from './block.ts';
import type { AnyNodeDefinition } from './define.ts';
import { dataset, defineDataset } from './nodes/dataset.ts';

export interface Registry {
  /** All that can be added to a drawing: the catalogue in its order, then the blocks in the document's. */
  readonly all: readonly AnyNodeDefinition[];
  /** A type that needs no document to be known; for `block`, that of a use whose block is not there. */
  find(type: string): AnyNodeDefinition | undefined;
  /** What a node is. A block's ports follow from the block that it names; undefined when there is none. */
  of(node: Pick<GraphNode, 'type' | 'params'>): AnyNodeDefinition | undefined;
}

/** Definitions by block: as long as a block is the same object, so is its definition. */
const known = new WeakMap<Block, { readonly id: string; readonly definition: AnyNodeDefinition }>();

function definitionOf(id: string, block: Block): AnyNodeDefinition {
  let found = known.get(block);
  if (found?.id !== id) {
    found = { id, definition: blockDefinition(id, block) };
    known.set(block, found);
  }
  return found.definition;
}

const anyBlock: AnyNodeDefinition = blockDefinition('?', undefined);

/** Types by what the document's data are: kept as long as these, and the catalogue, are the same objects. */
const withData = new WeakMap<object, Readonly<Record<'catalogue' | 'types', readonly AnyNodeDefinition[]>>>();

/** The catalogue, its data set node knowing the document's own data too; they go before others of their names. */
function withOwnData(
  catalogue: readonly AnyNodeDefinition[],
  data: GraphDocument['data'],
): readonly AnyNodeDefinition[] {
  if (!data || Object.keys(data).length === 0) return catalogue;
  let kept = withData.get(data);
  if (kept?.catalogue !== catalogue) {
    const own = Object.entries(data).map(([id, record]) => ownHeader(id, record));
    const others = datasets.filter(({ name }) => !Object.hasOwn(data, name));
    const known = [...others, ...own];
    const node = defineDataset(known) as AnyNodeDefinition;
    kept = { catalogue, types: catalogue.map((d) => (d.type === dataset.type ? node : d)) };
    withData.set(data, kept);
  }
  return kept.types;
}

export function createRegistry(
  catalogue: readonly AnyNodeDefinition[],
  blocks: GraphDocument['blocks'],
  data?: GraphDocument['data'],
): Registry {
  const types = withOwnData(catalogue, data);
  const byType = new Map([anyBlock, blockInput, blockOutput, ...types].map((d) => [d.type, d]));
  let all: readonly AnyNodeDefinition[] | undefined;
  return {
    get all() {
      all ??= [...types, ...Object.entries(blocks).map(([id, block]) => definitionOf(id, block))];
      return all;
    },
    find: (type) => byType.get(type),
    of({ type, params }) {
      if (type !== BLOCK) return byType.get(type);
      const id = params.block;
      if (typeof id !== 'string' || !Object.hasOwn(blocks, id)) return undefined;
      return definitionOf(id, blocks[id] as Block);
    },
  };
}
