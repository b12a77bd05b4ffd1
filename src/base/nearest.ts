/** The known name that is nearest to a misspelt one. */

/** Levenshtein's distance: how many letters to put in, take out or exchange. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min((next[j - 1] as number) + 1, (row[j] as number) + 1, change);
    }
    row = next;
  }
  return row[b.length] as number;
}

/** Letters and digits alone: `weight_decay`, `weightDecay` and `Weight decay` are one name. */
const normal = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Names shorter than this occur inside others by chance. */
const leastContained = 3;

/** How far apart two names are: 0 as good as equal; undefined where nobody would take one for the other. */
function distance(a: string, b: string): number | undefined {
  const [x, y] = [normal(a), normal(b)];
  if (x === y) return 0;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  const letters = editDistance(x, y);
  if (letters <= Math.min(2, Math.ceil(short.length / 3))) return letters;
  // `hiddenUnits` for `units`.
  return short.length >= leastContained && long.includes(short) ? 3 : undefined;
}

export interface Candidate {
  readonly name: string;
  /** Other spellings that lead to it. */
  readonly also?: readonly string[];
}

/** The candidate nearest to a name, where one is near; the first of equals. */
export function nearest(name: string, candidates: readonly Candidate[]): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of candidates)
    for (const spelling of [candidate.name, ...(candidate.also ?? [])]) {
      const d = distance(name, spelling);
      if (d !== undefined && d < (best?.distance ?? Number.POSITIVE_INFINITY))
        best = { name: candidate.name, distance: d };
    }
  return best?.name;
}
