/** Which entries of a record are not the objects that a map holds: edits share what they leave alone. */
export function changedKeys<T>(
  before: ReadonlyMap<string, T>,
  now: Readonly<Record<string, T>>,
  /** The only keys that may have changed, where that is known. */
  touched?: Iterable<string>,
): string[] {
  if (touched)
    return [...new Set(touched)].filter(
      (key) => before.get(key) !== (Object.hasOwn(now, key) ? now[key] : undefined),
    );
  const changed: string[] = [];
  let kept = 0;
  for (const key of Object.keys(now)) {
    const value = before.get(key);
    if (value !== undefined) kept++;
    if (value !== now[key]) changed.push(key);
  }
  if (kept < before.size) for (const key of before.keys()) if (!Object.hasOwn(now, key)) changed.push(key);
  return changed;
}
