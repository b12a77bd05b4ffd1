/**
 * A key that is removed and put back ends up last in its record. The order of nodes is the order in
 * the file and of colours on the canvas, so undo restores it: what is taken back leaves no trace.
 */
import type { Patch } from 'immer';
import { copied } from '../base/record.ts';

type Path = readonly (string | number)[];

export interface KeyOrder {
  readonly path: Path;
  readonly keys: readonly string[];
}

type Tree = Readonly<Record<string, unknown>>;

const isTree = (x: unknown): x is Tree => typeof x === 'object' && x !== null && !Array.isArray(x);

const at = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((x, key) => (isTree(x) ? x[key] : undefined), root);

/**
 * The order of keys in every record that these patches touch, where going from `here` to `there` and
 * back by patches alone would not give `here` its order again.
 */
export function ordersOf(here: object, there: object, patches: readonly Patch[]): readonly KeyOrder[] {
  const orders = new Map<string, KeyOrder>();
  const looked = new Set<string>();
  for (const { path: touched } of patches) {
    const path = touched.slice(0, -1);
    // Many patches of one record say the same.
    const name = JSON.stringify(path);
    if (looked.has(name)) continue;
    looked.add(name);
    const record = at(here, path);
    const other = at(there, path);
    if (!isTree(record) || !isTree(other)) continue;
    const keys = Object.keys(record);
    const others = Object.keys(other);
    if (keys.some((key, i) => key !== others[i])) orders.set(name, { path, keys });
  }
  return [...orders.values()];
}

function reordered(record: Tree, keys: readonly string[]): Tree {
  const known = keys.filter((key) => Object.hasOwn(record, key));
  const ordered = Object.create(Object.getPrototypeOf(record)) as Record<string, unknown>;
  for (const key of new Set([...known, ...Object.keys(record)])) ordered[key] = record[key];
  return ordered;
}

function replaceAt(root: Tree, path: Path, keys: readonly string[]): Tree {
  const [head, ...rest] = path;
  if (head === undefined) return reordered(root, keys);
  const child = root[head];
  return isTree(child) ? Object.assign(copied(root), { [head]: replaceAt(child, rest, keys) }) : root;
}

/** The document with these records in these orders; every other object is the same one. */
export const restoreOrders = <T extends object>(document: T, orders: readonly KeyOrder[]): T =>
  orders.reduce<Tree>((tree, { path, keys }) => replaceAt(tree, path, keys), document as Tree) as T;
