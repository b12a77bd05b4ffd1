/** What a node is called: its label, else its type's title, else what is written in the file. */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Locale } from '../../base/text.ts';
import { findNodeType } from '../../catalogue/index.ts';

export const nodeTitle = (document: GraphDocument, id: string, locale: Locale): string =>
  titleIn(document.nodes, id, locale);

export function titleIn(nodes: GraphDocument['nodes'], id: string, locale: Locale): string {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  if (!node) return id;
  return node.label || (findNodeType(node.type)?.title[locale] ?? node.type);
}
