/** Which entries of a record are not the objects that were read last: edits share what they leave alone. */
export function changedKeys<K, T>(
  known: ReadonlyMap<string, K>,
  /** What was read last under a key. */
  readOf: (known: K) => T,
  now: Readonly<Record<string, T>>,
  /** The only keys that may have changed, where that is known. */
  touched?: Iterable<string>,
): string[] {
  const at = (key: string): T | undefined => {
    const before = known.get(key);
    return before && readOf(before);
  };
  if (touched)
    return [...new Set(touched)].filter(
      (key) => at(key) !== (Object.hasOwn(now, key) ? now[key] : undefined),
    );
  const keys = Object.keys(now);
  if (known.size === 0) return keys;
  const changed = keys.filter((key) => at(key) !== now[key]);
  for (const key of known.keys()) if (!Object.hasOwn(now, key)) changed.push(key);
  return changed;
}
