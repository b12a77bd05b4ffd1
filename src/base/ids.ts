/**
 * Short, readable ids that depend on nothing but the document: `linear1`, `e7`. The same commands on
 * the same document give the same ids, here and on any machine.
 */

/** Characters of a prefix that are kept: with its number an id stays within what a document holds (200). */
const LONGEST_PREFIX = 180;

/** The lowest number that makes `prefix` + number new; counting starts at `first`. */
export function freshId(prefix: string, isTaken: (id: string) => boolean, first = 1): string {
  const stem = prefix.slice(0, LONGEST_PREFIX);
  let n = first;
  while (isTaken(`${stem}${n}`)) n++;
  return `${stem}${n}`;
}

/** The same for many ids, of which each is taken at once and none is given back: numbers that were passed are not tried again. */
export function freshIds(isTaken: (id: string) => boolean): (prefix: string) => string {
  const next = new Map<string, number>();
  return (prefix) => {
    const stem = prefix.slice(0, LONGEST_PREFIX);
    let n = next.get(stem) ?? 1;
    while (isTaken(`${stem}${n}`)) n++;
    next.set(stem, n + 1);
    return `${stem}${n}`;
  };
}

/** `cross-entropy` → `crossEntropy`: a type's name without what would read badly in `node.port`. */
export function idPrefix(nodeType: string): string {
  const words = nodeType.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map(
    (w, i) => (i === 0 ? w.charAt(0).toLowerCase() : w.charAt(0).toUpperCase()) + w.slice(1),
  );
  return (
    joined
      .join('')
      .replace(/^[0-9]+|[0-9]+$/g, '')
      .slice(0, 40) || 'node'
  );
}

/** A copy is named after its original: `hidden2` for a second `hidden`, `linear3` for `linear1`. */
export const baseOf = (id: string): string => id.replace(/[0-9]+$/, '') || 'node';
