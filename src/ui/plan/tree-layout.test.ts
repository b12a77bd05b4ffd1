import { describe, expect, it } from 'vitest';
import type { SsaPath } from '../../contraction/index.ts';
import { layOutTree, mostLeaves } from './tree-layout.ts';

const leftToRight = (n: number): SsaPath =>
  Array.from({ length: n - 1 }, (_, i) => [i === 0 ? 0 : n + i - 1, i + 1] as const);

/** ((0, 1), (2, 3)), … : a balanced tree. */
function balanced(n: number): SsaPath {
  const path: [number, number][] = [];
  let row = Array.from({ length: n }, (_, k) => k);
  while (row.length > 1) {
    const next: number[] = [];
    for (let i = 0; i + 1 < row.length; i += 2)
      next.push(n + path.push([row[i] as number, row[i + 1] as number]) - 1);
    if (row.length % 2 === 1) next.push(row[row.length - 1] as number);
    row = next;
  }
  return path;
}

describe('layOutTree', () => {
  it('puts a pair above and between what it joins', () => {
    const placed = new Map(layOutTree(4, balanced(4)).map((p) => [p.node, p]));
    expect(placed.get(6)).toMatchObject({ x: 0.5, y: 0, parent: -1 });
    expect(placed.get(4)).toMatchObject({ y: 0.5, parent: 6 });
    expect([0, 1, 2, 3].map((k) => placed.get(k)?.x)).toEqual([0, 1 / 3, 2 / 3, 1]);
  });

  it('draws every node of a tree of thirty, and folds larger ones', () => {
    expect(layOutTree(mostLeaves, leftToRight(mostLeaves))).toHaveLength(2 * mostLeaves - 1);
    for (const n of [31, 64, 200]) {
      for (const path of [balanced(n), leftToRight(n)]) {
        const placed = layOutTree(n, path);
        const ground = placed.filter((p) => p.node < n || p.folded > 0);
        expect(ground.length).toBeLessThanOrEqual(mostLeaves);
        // Nothing is lost: tensors that are drawn and those that are folded are all of them.
        expect(ground.reduce((sum, p) => sum + Math.max(1, p.folded), 0)).toBe(n);
      }
    }
  });

  it('shows what was unfolded', () => {
    const path = balanced(64);
    const branch = layOutTree(64, path).find((p) => p.folded > 0);
    const placed = layOutTree(64, path, new Set([branch?.node ?? -1]));
    expect(placed.find((p) => p.node === branch?.node)?.folded).toBe(0);
  });
});
