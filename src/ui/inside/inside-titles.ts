/** What stands on the cards of a node's inside, in the language of the page. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Locale } from '../../base/text.ts';
import { nodeAt } from '../../document/levels.ts';
import type { InsideCard } from '../../worker/protocol.ts';
import { say } from '../locale.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { operationNames, insideWords as words } from '../strings/inside-words.ts';
import type { CardWords } from './inside-drawing.ts';

const outside: ReadonlySet<InsideCard['kind']> = new Set([
  'given',
  'parameter',
  'forward',
  'constant',
  'result',
  'gradient',
]);

/** Whether a card is an operation: one of the steps. */
export const isOperation = ({ kind }: InsideCard): boolean => !outside.has(kind);

/** What a node calls its own state; the whole name of another's. */
const stateName = (name: string, node: string): string =>
  name.startsWith(`${node}.`) ? name.slice(node.length + 1) : name.replace(/\.value$/, '');

/** `node`: the one that is looked into. */
export function insideTitles(
  document: GraphDocument,
  node: string,
  locale: Locale,
): (card: InsideCard) => CardWords {
  const titled = (path: string) => (nodeAt(document, path) ? nodeTitle(document, path, locale) : undefined);
  return (card) => {
    const { kind, formula, name } = card;
    const other = card.node === undefined ? undefined : titled(card.node);
    const title = operationNames[kind][locale];
    if (kind === 'parameter') return { title: stateName(name, node), lines: [title] };
    if (kind === 'forward')
      return { title, lines: [say(locale, words.fromForward, { formula: formula || '…' })] };
    if (kind === 'given' || kind === 'constant')
      return {
        title: other ?? (formula || name || title),
        lines: other === undefined || kind === 'constant' ? [title] : [name || title],
      };
    if (kind === 'result') return { title: name || title, lines: [title] };
    if (kind === 'gradient') return { title, lines: other ? [say(locale, words.to, { title: other })] : [] };
    const about = other ? [say(locale, words.derivativeOf, { title: other })] : [];
    return { title, lines: [...(formula ? [formula] : []), ...about] };
  };
}
