/**
 * What a node is called: its label, else what it is, else what is written in the file. Of several without a label
 * the second of its kind on its level is `Linear #2`; cards, lists and messages call them so.
 */
import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import type { PathText } from '../../base/path.ts';
import { fill, type Locale, text } from '../../base/text.ts';
import { visible } from '../../base/visible.ts';
import { registryOf } from '../../catalogue/index.ts';
import type { Registry } from '../../catalogue/registry.ts';
import { blockOf, isBlockPort, levelAt, locate } from '../../document/levels.ts';

const unknownType = text('{type} (unknown)', '{type}（未知）');

/** A port of a block is called as the block's instances show it. */
export function titleOf(id: string, node: GraphNode, registry: Registry, locale: Locale): string {
  if (node.label) return visible(node.label);
  if (isBlockPort(node)) return visible(id);
  return (registry.of(node)?.title ?? fill(unknownType, { type: node.type }))[locale];
}

const kindOf = (node: GraphNode): string => `${node.type} ${blockOf(node) ?? ''}`;
const ordinals = new WeakMap<GraphDocument['nodes'], ReadonlyMap<string, number>>();

/** Which it is of the nodes of its kind that have no label, from 1; those of the document's order come first. */
export function ordinalIn(nodes: GraphDocument['nodes'], id: string): number {
  let known = ordinals.get(nodes);
  if (!known) {
    const found = new Map<string, number>();
    const counts = new Map<string, number>();
    for (const [other, node] of Object.entries(nodes)) {
      if (node.label || isBlockPort(node)) continue;
      const count = (counts.get(kindOf(node)) ?? 0) + 1;
      counts.set(kindOf(node), count);
      if (count > 1) found.set(other, count);
    }
    known = found;
    ordinals.set(nodes, known);
  }
  return known.get(id) ?? 1;
}

/** The title of a node of the level whose nodes these are. */
export function titleIn(
  document: GraphDocument,
  nodes: GraphDocument['nodes'],
  id: string,
  locale: Locale,
): string {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  return node ? numbered(titleOf(id, node, registryOf(document), locale), ordinalIn(nodes, id)) : visible(id);
}

export const numbered = (title: string, ordinal: number): string =>
  ordinal > 1 ? `${title} #${ordinal}` : title;

/** A node anywhere in the document, by its path: `Encoder › Attention`. */
export function nodeTitle(document: GraphDocument, path: PathText, locale: Locale): string {
  const { way, id } = locate(document, path);
  const titles = [...way, id].map((step, depth) => {
    const level = levelAt(document, way.slice(0, depth));
    return titleIn(document, level?.graph.nodes ?? {}, step, locale);
  });
  return titles.join(' › ');
}
