/** How a node presents itself on the canvas: all of it follows from its definition. */
import type { GraphNode } from '../../../../graph-schema/document.ts';
import type { Locale } from '../../../base/text.ts';
import type { AnyNodeDefinition } from '../../../catalogue/index.ts';
import type { Registry } from '../../../catalogue/registry.ts';
import { isBlockPort, repeatOf } from '../../../document/levels.ts';

/** What fills the body: threads from side to side, the contraction itself, numbers, one number, or a picture. */
export type GlyphDrawing = 'threads' | 'contraction' | 'delta' | 'values' | 'scalar' | 'picture';

export function drawingOf(definition: AnyNodeDefinition | undefined): GlyphDrawing {
  if (definition?.drawing) return definition.drawing;
  switch (definition?.category) {
    case 'tensor':
    case 'output':
      return 'values';
    case 'picture':
      return 'picture';
    case 'contraction':
      return 'contraction';
    case 'loss':
    case 'optimizer':
    case 'metric':
    case 'check':
      return 'scalar';
    default:
      return 'threads';
  }
}

/** The type's title before the label, for those who cannot see the glyph: `Linear “hidden”`. */
export function spokenTitle(title: string, node: GraphNode, registry: Registry, locale: Locale): string {
  const type = registry.of(node)?.title[locale] ?? node.type;
  const repeat = repeatOf(node);
  const times = repeat > 1 ? ` × ${repeat}` : '';
  return (node.label || isBlockPort(node) ? `${type} “${title}”` : title) + times;
}
