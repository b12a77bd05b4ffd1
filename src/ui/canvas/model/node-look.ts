/** How a node type presents itself on the canvas: all of it follows from its definition. */

import type { GraphNode } from '../../../../graph-schema/document.ts';
import type { Locale } from '../../../base/text.ts';
import { type AnyNodeDefinition, findNodeType } from '../../../catalogue/index.ts';
import { strings } from '../strings.ts';

/** What fills the body: threads from side to side, the contraction itself, numbers, or one number. */
export type Drawing = 'threads' | 'contraction' | 'delta' | 'values' | 'scalar';

export function drawingOf(definition: AnyNodeDefinition | undefined): Drawing {
  if (definition?.drawing) return definition.drawing;
  switch (definition?.category) {
    case 'tensor':
    case 'output':
      return 'values';
    case 'contraction':
      return 'contraction';
    case 'loss':
    case 'optimizer':
    case 'metric':
      return 'scalar';
    default:
      return 'threads';
  }
}

/** The name a person gave it, or that of its type; an unknown type is shown as it is written. */
export function titleOf(node: GraphNode, locale: Locale): string {
  if (node.label) return node.label;
  return findNodeType(node.type)?.title[locale] ?? `${node.type} ${strings.unknownType[locale]}`;
}

/** The type's title before the label, for those who cannot see the glyph: `Linear “hidden”`. */
export function spokenTitle(node: GraphNode, locale: Locale): string {
  const type = findNodeType(node.type)?.title[locale] ?? node.type;
  return node.label ? `${type} “${node.label}”` : type;
}
