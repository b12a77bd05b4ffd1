/** What differs between a drawing and the one that it was. */
import type { Block } from '../../../graph-schema/document.ts';
import { own } from './level.ts';

/** Keys of a record whose members are not the objects that they were. */
export function changedIds<T>(
  before: Readonly<Record<string, T>> | undefined,
  now: Readonly<Record<string, T>>,
  touched: Iterable<string> | undefined,
): readonly string[] {
  if (before === now) return [];
  if (before === undefined) return Object.keys(now);
  if (touched) return [...touched].filter((id) => own(before, id) !== own(now, id));
  const changed = Object.keys(now).filter((id) => own(before, id) !== now[id]);
  for (const id of Object.keys(before)) if (!Object.hasOwn(now, id)) changed.push(id);
  return changed;
}

const portNames = ({ nodes }: Block): string =>
  JSON.stringify(
    Object.entries(nodes).flatMap(([id, { type }]) => (type.startsWith('block-') ? [[type, id]] : [])),
  );

export const samePortNames = (a: Block, b: Block): boolean =>
  a === b || a.nodes === b.nodes || portNames(a) === portNames(b);

export const sameKeys = (a: object, b: object): boolean =>
  a === b || JSON.stringify(Object.keys(a).sort()) === JSON.stringify(Object.keys(b).sort());

export const sameNumbers = (a: Block['numbers'], b: Block['numbers']): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);
