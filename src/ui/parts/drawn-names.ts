/**
 * Messages as the page says them. The compiler calls a node without a label by its id (“add2”), which the command
 * line shows and the canvas does not; here it is called as its card is.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { PathText } from '../../base/path.ts';
import type { Locale, Text } from '../../base/text.ts';
import { registryOf } from '../../catalogue/index.ts';
import { nodeAt } from '../../document/levels.ts';
import { nodeTitle, titleIn } from './node-title.ts';

/** `Add`, `Add #2` for the second of its kind, `Linear “Encoder › Query”` inside a block. */
function drawnName(document: GraphDocument, path: PathText, type: string, locale: Locale): string {
  return path.includes('/')
    ? `${type} “${nodeTitle(document, path, locale)}”`
    : titleIn(document, document.nodes, path, locale);
}

/** A message, a remedy or the title of a fix with nodes called as they are drawn. */
export function asDrawn(document: GraphDocument, message: Text, locale: Locale): string {
  const written = message[locale];
  let told = '';
  let at = 0;
  for (const { 0: quoted, 1: path = '', index } of written.matchAll(/“([^“”]+)”/g)) {
    const node = nodeAt(document, path);
    const type = node && registryOf(document).of(node)?.title[locale];
    const before = written.slice(at, index).replace(/ $/, '');
    if (type === undefined || (node?.label && !path.includes('/')) || !before.endsWith(type)) continue;
    told += before.slice(0, before.length - type.length) + drawnName(document, path, type, locale);
    at = index + quoted.length;
  }
  return told + written.slice(at);
}
