/** The search of every list: by the letters of a name in order, or by whole words of what is said of an item. */

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
  /** Sentences and other words: each word of the query must stand in them, or in the names, as it is. */
  readonly text?: string;
}

/** The items that match, the best first, those that only their text tells of last; all as they are for an empty query. */
export function search<T>(items: readonly T[], query: string, findable: (item: T) => Findable): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const rank = ({ names, text = '' }: Findable): number | undefined => {
    const scores = names.flatMap((name) => score(query, name) ?? []);
    if (scores.length > 0) return Math.max(...scores);
    const all = `${names.join(' ')} ${text}`.toLowerCase();
    return words.every((word) => all.includes(word)) ? Number.NEGATIVE_INFINITY : undefined;
  };
  return items
    .flatMap((item) => {
      const best = rank(findable(item));
      return best === undefined ? [] : [{ item, best }];
    })
    .sort((a, b) => (a.best === b.best ? 0 : b.best - a.best))
    .map(({ item }) => item);
}
