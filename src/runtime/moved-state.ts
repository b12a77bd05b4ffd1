/**
 * Finds the state of nodes that have moved since it was saved: into a block or out of one, by grouping and
 * ungrouping, and into repeats or out of them. Nodes keep their ids where they can, and what cannot is named
 * after the way to it, `encoder-3-attention`; so a tensor is the same one where its name is the other's with
 * some ids of the way left out. An index is part of what a tensor is, except 0: what is repeated was the
 * first of the repeats before, and is the first of them where it no longer repeats.
 */
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** `encoder/3/attention.weight` → encoder 3 attention weight. */
const partsOf = (name: string): readonly string[] => name.split(/[-/.]/);

/**
 * How many ids one of two names has that the other lacks; undefined where they cannot be of one tensor: the node's
 * own id and the tensor's name must be the same, and the shorter name must be part of the longer one.
 */
function distance(a: readonly string[], b: readonly string[]): number | undefined {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.slice(-2).join('/') !== long.slice(-2).join('/')) return undefined;
  let at = 0;
  for (const part of long) {
    if (part === short[at]) at++;
    else if (/^[0-9]+$/.test(part) && part !== '0') return undefined;
  }
  return at === short.length ? long.length - short.length : undefined;
}

/**
 * For names that nothing saved has, the saved tensor that is theirs under another name. `mayBe` tells whether a
 * saved tensor fits. The nearest names find each other first, and none is given twice.
 */
export function findMoved(
  missing: readonly NamedShape[],
  unclaimed: readonly string[],
  mayBe: (missing: NamedShape, saved: string) => boolean,
): ReadonlyMap<string, string> {
  const saved = new Map<string, { name: string; parts: readonly string[] }[]>();
  for (const name of missing.length > 0 ? unclaimed : []) {
    const parts = partsOf(name);
    const end = parts.slice(-2).join('/');
    saved.set(end, [...(saved.get(end) ?? []), { name, parts }]);
  }
  const pairs = missing.flatMap((one) => {
    const parts = partsOf(one.name);
    return (saved.get(parts.slice(-2).join('/')) ?? []).flatMap((other) => {
      const far = distance(parts, other.parts);
      return far !== undefined && mayBe(one, other.name) ? [{ name: one.name, saved: other.name, far }] : [];
    });
  });
  const found = new Map<string, string>();
  const given = new Set<string>();
  for (const { name, saved: key } of pairs.sort((a, b) => a.far - b.far)) {
    if (found.has(name) || given.has(key)) continue;
    found.set(name, key);
    given.add(key);
  }
  return found;
}
