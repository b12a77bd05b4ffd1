/** What a tensor of the state is called: `Hidden · weight`. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { PathText } from '../../base/path.ts';
import type { Locale } from '../../base/text.ts';
import { nodeAt } from '../../document/levels.ts';
import { nodeTitle } from './node-title.ts';

export interface Owner {
  readonly path: PathText;
  /** What the node calls the tensor. */
  readonly own: string;
}

/** The node that a tensor of the state belongs to; ids and names of tensors may hold dots. */
export function ownerOf(document: GraphDocument, name: string): Owner | undefined {
  for (let dot = name.indexOf('.', 1); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const path = name.slice(0, dot);
    if (nodeAt(document, path)) return { path, own: name.slice(dot + 1) };
  }
  return undefined;
}

export function tensorTitle(document: GraphDocument, name: string, locale: Locale): string {
  const owner = ownerOf(document, name);
  return owner ? `${nodeTitle(document, owner.path, locale)} · ${owner.own}` : name;
}
