/**
 * Short, readable ids that depend on nothing but the document: `linear1`, `e7`. The same commands on
 * the same document give the same ids, here and on any machine.
 */

/** The lowest number that makes `prefix` + number new; counting starts at `first`. */
export function freshId(prefix: string, isTaken: (id: string) => boolean, first = 1): string {
  let n = first;
  while (isTaken(`${prefix}${n}`)) n++;
  return `${prefix}${n}`;
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
