/**
 * A path changed by hand, by subtree pruning and regrafting (SPR, of phylogenetics): one tensor, or what a pair
 * makes, is contracted with another one first.
 */
import type { SsaPath } from './network.ts';
import { pathOf, renumber, treeOf } from './tree.ts';

/**
 * The path with node `moving` taken out of its pair and paired with node `onto`; what it was paired with
 * takes the place of its old pair. Undefined where that is no change or cannot be: one lies inside the
 * other, or they are a pair already.
 */
export function regraft(n: number, path: SsaPath, moving: number, onto: number): SsaPath | undefined {
  const tree = treeOf(n, path);
  const root = 2 * n - 2;
  const parent = new Int32Array(root + 1).fill(-1);
  for (let v = n; v <= root; v++) {
    parent[tree.left[v - n] as number] = v;
    parent[tree.right[v - n] as number] = v;
  }
  const isInside = (v: number, outer: number): boolean =>
    v >= 0 && (v === outer || isInside(parent[v] as number, outer));
  const old = parent[moving] as number;
  if (old < 0 || isInside(onto, moving) || parent[onto] === old || onto === old) return undefined;

  const left = (v: number) => tree.left[v - n] as number;
  const right = (v: number) => tree.right[v - n] as number;
  // The old pair makes way for its other half, and its number is that of the new pair.
  const sibling = left(old) === moving ? right(old) : left(old);
  const seen = (child: number): number => (child === old ? sibling : child === onto ? old : child);
  const top = root === old ? sibling : root === onto ? old : root;
  return pathOf(
    renumber(
      n,
      top,
      (v) => (v === old ? onto : seen(left(v))),
      (v) => (v === old ? moving : seen(right(v))),
    ),
  );
}
