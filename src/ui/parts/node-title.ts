/** What a node is called: its label, else what it is, else what is written in the file. */
import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import type { PathText } from '../../base/path.ts';
import { fill, type Locale, text } from '../../base/text.ts';
import { visible } from '../../base/visible.ts';
import { registryOf } from '../../catalogue/index.ts';
import type { Registry } from '../../catalogue/registry.ts';
import { isBlockPort, levelAt, locate } from '../../document/levels.ts';

const unknownType = text('{type} (unknown)', '{type}（未知）');

/** A port of a block is called as the block's instances show it. */
export function titleOf(id: string, node: GraphNode, registry: Registry, locale: Locale): string {
  if (node.label) return visible(node.label);
  if (isBlockPort(node)) return visible(id);
  return (registry.of(node)?.title ?? fill(unknownType, { type: node.type }))[locale];
}

/** The title of a node of the level whose nodes these are. */
export function titleIn(
  document: GraphDocument,
  nodes: GraphDocument['nodes'],
  id: string,
  locale: Locale,
): string {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  return node ? titleOf(id, node, registryOf(document), locale) : visible(id);
}

/** A node anywhere in the document, by its path: `Encoder › Attention`. */
export function nodeTitle(document: GraphDocument, path: PathText, locale: Locale): string {
  const { way, id } = locate(document, path);
  const titles = [...way, id].map((step, depth) => {
    const level = levelAt(document, way.slice(0, depth));
    return titleIn(document, level?.graph.nodes ?? {}, step, locale);
  });
  return titles.join(' › ');
}
