/** The kinds of nodes that can be added to the open document: its catalogue's, and its own blocks. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { BLOCK_INPUT, BLOCK_OUTPUT } from '../../catalogue/block.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import { registryOf } from '../../catalogue/index.ts';
import type { Registry } from '../../catalogue/registry.ts';
import type { NewNode } from '../../editor/index.ts';

/** A port of a block is named by its id: short, as the ports of other nodes are. */
const portNames: Readonly<Record<string, string>> = { [BLOCK_INPUT]: 'x', [BLOCK_OUTPUT]: 'y' };

export function newNode({ type, preset, symbols }: AnyNodeDefinition): NewNode {
  const node = portNames[type];
  return { nodeType: type, params: preset, symbols, ...(node !== undefined && { node }) };
}

/** A name for a kind of node, unique in its document: all blocks are of one type. */
export const definitionKey = ({ type, preset }: AnyNodeDefinition): string =>
  preset === undefined ? type : JSON.stringify([type, preset]);

/** What can be added at a level: a block neither into itself nor, in the end, into what it is made of. */
export function addable(document: GraphDocument, block: string | undefined): readonly AnyNodeDefinition[] {
  const registry = registryOf(document);
  if (block === undefined) return registry.all;
  const ports = [BLOCK_INPUT, BLOCK_OUTPUT].flatMap((type) => registry.find(type) ?? []);
  const others = registry.all.filter(({ preset }) => {
    const id = preset?.block;
    return typeof id !== 'string' || !holds(document, id, block);
  });
  return [...others, ...ports];
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

export function definitionOf(document: GraphDocument, key: string): AnyNodeDefinition | undefined {
  const registry = registryOf(document);
  return (
    registry.all.find((definition) => definitionKey(definition) === key) ??
    registry.find(key) ??
    withPreset(registry, key)
  );
}

/** A type with settings of its own, which no list of the document has. */
function withPreset(registry: Registry, key: string): AnyNodeDefinition | undefined {
  if (!key.startsWith('[')) return undefined;
  const [type, preset] = JSON.parse(key) as [string, AnyNodeDefinition['preset']];
  const definition = registry.find(type);
  return definition && preset && { ...definition, preset };
}
