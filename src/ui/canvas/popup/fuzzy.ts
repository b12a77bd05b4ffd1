/** Fuzzy search: the letters of the query in order, better where they stand together and begin words. */

/** How well the query matches a text; undefined where it does not. */
export function score(query: string, text: string): number | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const letters = text.toLowerCase();
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

/** The items that match, the best first; all of them as they are for an empty query. */
export function rankBy<T>(
  items: readonly T[],
  query: string,
  words: (item: T) => readonly string[],
): readonly T[] {
  if (query.trim() === '') return items;
  return items
    .flatMap((item) => {
      const scores = words(item).flatMap((word) => score(query, word) ?? []);
      return scores.length === 0 ? [] : [{ item, best: Math.max(...scores) }];
    })
    .sort((a, b) => b.best - a.best)
    .map(({ item }) => item);
}
