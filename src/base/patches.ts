/**
 * What has changed between two versions of plain data, and the newer made of the older: a mirror elsewhere is
 * kept by sending the differences. Parts that are the same objects are not looked into, so that the cost is
 * that of the edit; what did not change keeps its identity in the mirror too.
 */

import { copied } from './record.ts';

/** At `path` from the root, the value is this one; `gone`: the key is removed. */
export interface Patch {
  readonly path: readonly string[];
  readonly value?: unknown;
  readonly gone?: true;
}

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Applied to `before` they give `after`, in the same order of keys. Lists are replaced as a whole. */
export function patchesBetween(before: unknown, after: unknown): readonly Patch[] {
  const patches: Patch[] = [];
  compare(before, after, [], patches);
  return patches;
}

function compare(before: unknown, after: unknown, path: readonly string[], patches: Patch[]): void {
  if (Object.is(before, after)) return;
  if (!isPlain(before) || !isPlain(after) || !keepsOrder(before, after)) {
    patches.push({ path, value: after });
    return;
  }
  for (const key of Object.keys(before))
    if (!Object.hasOwn(after, key)) patches.push({ path: [...path, key], gone: true });
  for (const [key, value] of Object.entries(after)) {
    if (Object.hasOwn(before, key)) compare(before[key], value, [...path, key], patches);
    else patches.push({ path: [...path, key], value });
  }
}

/** New keys come last, so that removing and adding one by one leaves them as they are in `after`. */
function keepsOrder(before: Plain, after: Plain): boolean {
  const stay = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  const now = Object.keys(after);
  return stay.every((key, i) => key === now[i]);
}

/** Everything off the paths is shared with `before`, which stays as it is. */
export const applyPatches = (before: unknown, patches: readonly Patch[]): unknown =>
  patches.reduce((data, patch) => applied(data, patch, 0), before);

function applied(data: unknown, patch: Patch, depth: number): unknown {
  const key = patch.path[depth];
  if (key === undefined) return patch.value;
  if (!isPlain(data)) throw new Error(`internal: nothing to patch at ${patch.path.join('/')}`);
  if (patch.gone && depth === patch.path.length - 1) {
    const rest: Record<string, unknown> = copied(data);
    delete rest[key];
    return rest;
  }
  return Object.assign(copied(data), { [key]: applied(data[key], patch, depth + 1) });
}
