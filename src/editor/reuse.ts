/**
 * Checking a document makes new objects for all of it, also where nothing changed. The page redraws by
 * object identity, so parts of the new result that equal the old are replaced by the old.
 */
const isRecord = (x: unknown): x is Record<string, unknown> => {
  if (typeof x !== 'object' || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === Object.prototype || prototype === null;
};

/** `next`, made as far as possible of the very objects of `previous`. Plain data only; both stay untouched. */
export function reuse<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(next) && Array.isArray(previous)) {
    const parts = next.map((value, i) => reuse(previous[i], value) as unknown);
    const same = parts.length === previous.length && parts.every((value, i) => Object.is(value, previous[i]));
    return (same ? previous : parts) as T;
  }
  if (isRecord(next) && isRecord(previous)) {
    const keys = Object.keys(next);
    const parts: Record<string, unknown> = {};
    let same = keys.length === Object.keys(previous).length;
    for (const key of keys) {
      parts[key] = reuse(previous[key], next[key]);
      same &&= Object.hasOwn(previous, key) && Object.is(parts[key], previous[key]);
    }
    return (same ? previous : parts) as T;
  }
  return next;
}
