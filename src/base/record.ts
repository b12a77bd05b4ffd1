/**
 * Records by names that users choose. They have no prototype, so that `record['toString']` is an entry or nothing.
 * A literal, a spread and `Object.fromEntries` give records that have one: copies are made here.
 */

export type NamedRecord<T> = Record<string, T>;

export function recordOf<T>(entries: Iterable<readonly [string, T]> = []): NamedRecord<T> {
  const record = Object.create(null) as NamedRecord<T>;
  for (const [name, value] of entries) record[name] = value;
  return record;
}

/** A copy with these members besides, or in the place of those of their names. */
export const recordWith = <T>(
  record: Readonly<Record<string, T>>,
  more: Readonly<Record<string, NoInfer<T>>> = {},
): NamedRecord<T> => Object.assign(Object.create(null), record, more);

/** A copy of any plain object, which has a prototype where that one has. */
export const copied = <T extends object>(value: T): T =>
  Object.assign(Object.create(Object.getPrototypeOf(value)), value);
