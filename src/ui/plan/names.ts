/** What networks and their tensors are called on the page: by the titles of nodes. */

import type { Locale } from '../../base/text.ts';
import type { EditorState } from '../../editor/index.ts';
import { titleIn } from '../node-title.ts';
import { words } from './strings.ts';
import type { DrawnNetwork, OpenNetwork } from './use-network.ts';

type Nodes = EditorState['document']['nodes'];

/** Of longer networks the first and the last nodes are named. */
const mostTitles = 4;

/** `Left · Product` */
export function titleOf({ nodes: ids }: DrawnNetwork | OpenNetwork, nodes: Nodes, locale: Locale): string {
  const titles = [...new Set(ids.map((id) => titleIn(nodes, id, locale)))];
  const shown =
    titles.length > mostTitles ? [...titles.slice(0, mostTitles - 1), '…', titles.at(-1)] : titles;
  return shown.join(' · ');
}

/** Each tensor by what makes it; where two are called the same, by the port that it goes into, or a number. */
export function namesOf({ operands }: DrawnNetwork, nodes: Nodes, locale: Locale): readonly string[] {
  const titles = operands.map(({ node, into }) =>
    node === undefined ? (into ?? words.computed[locale]) : titleIn(nodes, node, locale),
  );
  const seen = new Map<string, number>();
  return titles.map((title, k) => {
    if (titles.indexOf(title) === titles.lastIndexOf(title)) return title;
    const nth = (seen.get(title) ?? 0) + 1;
    seen.set(title, nth);
    return operands[k]?.into ?? `${title} ${nth}`;
  });
}
