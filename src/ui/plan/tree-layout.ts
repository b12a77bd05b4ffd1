/** Where the nodes of a contraction tree stand: tensors on the ground in a row, pairs above what they join. */
import type { SsaPath } from '../../contraction/index.ts';

export interface Placed {
  readonly node: number;
  readonly x: number;
  readonly y: number;
  readonly parent: number;
  /** How many tensors are folded into it; 0 where it is drawn as it is. */
  readonly folded: number;
}

/** More tensors than this are not told apart in a panel: the smallest branches are folded. */
export const mostLeaves = 30;

/** Nodes with x from 0 to 1 and y from 0 (the result) to 1 (the tensors), parents after their children. */
export function layOutTree(n: number, path: SsaPath, unfolded: ReadonlySet<number> = new Set()): Placed[] {
  const root = n + path.length - 1;
  const leaves = new Array<number>(n).fill(1);
  const parent = new Array<number>(root + 1).fill(-1);
  for (const [i, [a, b]] of path.entries()) {
    leaves.push((leaves[a] as number) + (leaves[b] as number));
    parent[a] = parent[b] = n + i;
  }
  const isFolded = folding(n, path, leaves, parent, unfolded);

  const placed: Placed[] = [];
  let ground = 0;
  const height = new Map<number, number>();
  const visit = (v: number): number => {
    const pair = v >= n && !isFolded.has(v) ? path[v - n] : undefined;
    let x: number;
    if (pair) {
      const [a, b] = pair;
      const [xa, xb] = [visit(a), visit(b)];
      x = (xa + xb) / 2;
      height.set(v, 1 + Math.max(height.get(a) ?? 0, height.get(b) ?? 0));
    } else x = ground++;
    placed.push({
      node: v,
      x,
      y: height.get(v) ?? 0,
      parent: parent[v] as number,
      folded: isFolded.has(v) ? (leaves[v] as number) : 0,
    });
    return x;
  };
  visit(root);
  const [wide, high] = [Math.max(1, ground - 1), Math.max(1, height.get(root) ?? 1)];
  return placed.map((p) => ({ ...p, x: ground > 1 ? p.x / wide : 0.5, y: 1 - p.y / high }));
}

/** The largest branches with few tensors, as many as it takes; never one that was unfolded, or lies above it. */
function folding(
  n: number,
  path: SsaPath,
  leaves: readonly number[],
  parent: readonly number[],
  unfolded: ReadonlySet<number>,
): ReadonlySet<number> {
  const folded = new Set<number>();
  if (n <= mostLeaves) return folded;
  const open = new Set<number>();
  for (let v of unfolded) for (; v >= 0; v = parent[v] as number) open.add(v);
  // The limit on a folded branch grows until the rest fits.
  for (let limit = 2; limit < n; limit++) {
    folded.clear();
    let shown = n;
    for (let v = n + path.length - 1; v >= n; v--) {
      const inside = parent[v] as number;
      if (open.has(v) || (leaves[v] as number) > limit) continue;
      if (inside >= 0 && (leaves[inside] as number) <= limit && !open.has(inside)) continue;
      folded.add(v);
      shown -= (leaves[v] as number) - 1;
    }
    if (shown <= mostLeaves) break;
  }
  return folded;
}

/** The node that an arrow key leads to: along a row, up to the pair, down to its first half. */
export function nodeBeside(placed: readonly Placed[], from: number, key: string): number | undefined {
  const here = placed.find((p) => p.node === from);
  if (!here) return undefined;
  if (key === 'ArrowUp') return here.parent >= 0 ? here.parent : undefined;
  const below = placed.filter((p) => p.parent === from).sort((p, q) => p.x - q.x);
  if (key === 'ArrowDown') return below[0]?.node;
  const ahead = placed.filter((p) => (key === 'ArrowRight' ? p.x > here.x + 1e-9 : p.x < here.x - 1e-9));
  const off = (p: Placed) => Math.abs(p.x - here.x) + 2 * Math.abs(p.y - here.y);
  return ahead.sort((p, q) => off(p) - off(q))[0]?.node;
}
