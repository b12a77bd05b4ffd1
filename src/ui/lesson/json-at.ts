/** Values of JSON, read and changed at a place inside; none is changed where it stands. */

/** Where something stands in a value: keys of records, places in lists. */
export type JsonPlace = readonly (string | number)[];

/**
 * The same value with something else at a path. `undefined` takes it out: of a list, so that what follows moves up.
 * A place one past the end of a list adds to it; a record on the way that is not there is made.
 */
export function withAt(value: unknown, path: JsonPlace, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) {
    const at = Number(key);
    const inner = withAt(value[at], rest, next);
    return inner === undefined ? value.toSpliced(at, 1) : value.toSpliced(at, 1, inner);
  }
  const record = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const inner = withAt(Object.hasOwn(record, key) ? record[key] : undefined, rest, next);
  const { [key]: _, ...others } = record;
  // A key that is there keeps its place.
  if (inner === undefined) return others;
  return Object.hasOwn(record, key) ? { ...record, [key]: inner } : { ...others, [key]: inner };
}

export function valueAt(value: unknown, path: JsonPlace): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}
