/** What a node is called: its label, else its type's title, else what is written in the file. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Locale } from '../base/text.ts';
import { findNodeType } from '../catalogue/index.ts';

export function nodeTitle(document: GraphDocument, id: string, locale: Locale): string {
  const node = document.nodes[id];
  if (!node) return id;
  return node.label || (findNodeType(node.type)?.title[locale] ?? node.type);
}
