/** The search of every list: by the letters of a name in order, or by whole words of what is said of an item. */

import { editDistance } from '../../base/nearest.ts';

/** How well the query matches a name, better where its letters stand together and begin words; undefined where it does not. */
export function score(query: string, name: string): number | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const letters = name.toLowerCase();
  let at = -1;
  let total = 0;
  for (const letter of wanted) {
    const next = letters.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    const beginsWord = next === 0 || !/[\p{L}\p{N}]/u.test(letters.charAt(next - 1));
    total += next === at + 1 ? 3 : beginsWord ? 2 : -Math.min(3, next - at - 1) / 3;
    at = next;
  }
  return total - letters.length / 100;
}

/** What an item is found by. */
export interface Findable {
  readonly names: readonly string[];
  /** Other names: they are met whole, or from the beginning of a word on. */
  readonly also?: readonly string[];
  /** Sentences and other words: each word of the query must stand in them, or in the names, as it is. */
  readonly text?: string;
}

/** How well a name is met where it begins as the query does, or a word of it: equal, then shorter, names first. */
function beginning(query: string, name: string): number | undefined {
  const letters = name.toLowerCase();
  if (letters === query) return 2000;
  if (letters.startsWith(query)) return 1000 - letters.length;
  return new RegExp(`[^\\p{L}\\p{N}]${escaped(query)}`, 'u').test(letters) ? 500 - letters.length : undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Shorter queries have too many names a letter away. */
const leastMistaken = 4;

/** A slip of the pen: a letter too many, missing, exchanged; two in a longer name. Also where only a beginning is written. */
function mistaken(query: string, name: string): number | undefined {
  if (query.length < leastMistaken) return undefined;
  const letters = name.toLowerCase();
  const allowed = query.length < 6 ? 1 : 2;
  const distances = [letters, letters.slice(0, query.length)].map((whole) =>
    Math.abs(whole.length - query.length) > allowed ? Number.POSITIVE_INFINITY : slips(query, whole),
  );
  const least = Math.min(...distances);
  return least <= allowed ? -100 * least - letters.length : undefined;
}

/** As an edit distance, but two neighbours that have changed places are one slip. */
function slips(a: string, b: string): number {
  const letters = editDistance(a, b);
  for (let i = 0; i + 1 < a.length; i++) {
    const swapped = a.slice(0, i) + a.charAt(i + 1) + a.charAt(i) + a.slice(i + 2);
    if (swapped === b) return 1;
  }
  return letters;
}

/** The items that match, the best first, those that only their text tells of last; all as they are for an empty query. */
export function search<T>(items: readonly T[], query: string, findable: (item: T) => Findable): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const written = words.join(' ');
  const best = (of: readonly (number | undefined)[]): number | undefined => {
    const scores = of.filter((one) => one !== undefined);
    return scores.length > 0 ? Math.max(...scores) : undefined;
  };
  const byName = ({ names, also = [] }: Findable) =>
    best([
      ...[...names, ...also].map((name) => beginning(written, name)),
      ...names.map((name) => score(query, name)),
    ]);
  const byMistake = ({ names, also = [] }: Findable) =>
    best([...names, ...also].map((name) => mistaken(written, name)));
  const byText = ({ names, text = '' }: Findable) => {
    const all = `${names.join(' ')} ${text}`.toLowerCase();
    return words.every((word) => all.includes(word)) ? 0 : undefined;
  };
  const ranked = (rest: readonly T[], rank: (item: Findable) => number | undefined): readonly T[] =>
    rest
      .flatMap((item) => {
        const at = rank(findable(item));
        return at === undefined ? [] : [{ item, at }];
      })
      .sort((a, b) => b.at - a.at)
      .map(({ item }) => item);
  const named = ranked(items, byName);
  // Mistakes are looked for where nothing is called that.
  const meant = named.length > 0 ? named : ranked(items, byMistake);
  return [
    ...meant,
    ...ranked(
      items.filter((item) => !meant.includes(item)),
      byText,
    ),
  ];
}
