/** What networks and their tensors are called on the page: by the titles of nodes. */

import type { Locale } from '../../base/text.ts';
import type { EditorState } from '../../editor/index.ts';
import { nodeTitle } from '../parts/node-title.ts';
import type { DrawnNetwork, ShownNetwork } from './drawn-network.ts';
import { words } from './plan-strings.ts';

type Document = EditorState['document'];

/** Of longer networks the first and the last nodes are named. */
const mostTitles = 4;

/** `Left · Product` */
function titleOf({ nodes: ids }: ShownNetwork, document: Document, locale: Locale): string {
  const titles = [...new Set(ids.map((id) => nodeTitle(document, id, locale)))];
  const shown =
    titles.length > mostTitles ? [...titles.slice(0, mostTitles - 1), '…', titles.at(-1)] : titles;
  return shown.join(' · ');
}

/** Titles of networks, those that are the same numbered. */
export function titlesOf(
  networks: readonly ShownNetwork[],
  document: Document,
  locale: Locale,
): readonly string[] {
  return numbered(networks.map((network) => titleOf(network, document, locale)));
}

/** Names that stand more than once get numbers. */
function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${nth}`;
  });
}

/** Each tensor by what makes it; where two are called the same, by the port that it goes into, or a number. */
export function namesOf({ operands }: DrawnNetwork, document: Document, locale: Locale): readonly string[] {
  const titles = operands.map(({ node, into }) =>
    node === undefined ? (into ?? words.computed[locale]) : nodeTitle(document, node, locale),
  );
  const told = numbered(titles);
  return operands.map(({ into }, k) => (told[k] === titles[k] ? undefined : into) ?? told[k] ?? '');
}
