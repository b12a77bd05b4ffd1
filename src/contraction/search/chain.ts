/** The optimal path of a chain of matrices, the textbook O(n³) dynamic programme (Godbole 1973). */
import { forEachBit } from '../bits.ts';
import type { Problem } from '../problem.ts';
import { renumber, type Tree } from '../tree.ts';

/** Beyond this the cube is slower than the general search. */
const longest = 400;

/** Undefined unless every index joins two neighbours on one line, or leaves the line at its ends. */
export function chainTree(problem: Problem): Tree | undefined {
  const { n } = problem;
  const line = n >= 2 && n <= longest ? lineOf(problem) : undefined;
  if (!line) return undefined;
  const { order, bonds } = line;
  // best[i · n + j]: the least cost of tensors i … j of the line; cut: the last tensor of its left part.
  const best = new Float64Array(n * n);
  const cut = new Int32Array(n * n);
  for (let length = 2; length <= n; length++) {
    for (let i = 0; i + length <= n; i++) {
      const j = i + length - 1;
      const ends = (bonds[i] as number) * (bonds[j + 1] as number);
      let least = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const parts = (best[i * n + k] as number) + (best[(k + 1) * n + j] as number);
        const cost = parts + ends * (bonds[k + 1] as number);
        if (cost < least) {
          least = cost;
          cut[i * n + j] = k;
        }
      }
      best[i * n + j] = least;
    }
  }
  // A node is a tensor, or n + the number of its interval.
  const node = (i: number, j: number) => (i === j ? (order[i] as number) : n + i * n + j);
  const first = (v: number) => Math.floor((v - n) / n);
  const last = (v: number) => (v - n) % n;
  return renumber(
    n,
    node(0, n - 1),
    (v) => node(first(v), cut[v - n] as number),
    (v) => node((cut[v - n] as number) + 1, last(v)),
  );
}

/** The tensors in the order of the line, and the sizes of the n + 1 bonds before, between and after them. */
function lineOf(problem: Problem): { order: number[]; bonds: number[] } | undefined {
  const { n, m, words, legs, open, sizes } = problem;
  const holders: number[][] = Array.from({ length: m }, () => []);
  const own: number[][] = [];
  for (let k = 0; k < n; k++) {
    const indices: number[] = [];
    forEachBit(legs, k * words, words, (i) => {
      indices.push(i);
      holders[i]?.push(k);
    });
    if (indices.length > 2) return undefined;
    own.push(indices);
  }
  const isOpen = (i: number) => (((open[i >> 5] as number) >>> (i & 31)) & 1) === 1;
  if (holders.some((list, i) => list.length + (isOpen(i) ? 1 : 0) !== 2)) return undefined;

  const neighbours = (k: number) => (own[k] as number[]).filter((i) => !isOpen(i));
  const start = own.findIndex((_, k) => neighbours(k).length < 2);
  if (start < 0) return undefined;
  const outer = (k: number) =>
    (own[k] as number[]).filter(isOpen).reduce((p, i) => p * (sizes[i] as number), 1);
  const order = [start];
  const bonds = [outer(start)];
  for (let at = start, from = -1; ; ) {
    const bond = neighbours(at).find((i) => i !== from);
    if (bond === undefined) break;
    at = (holders[bond] as number[]).find((k) => k !== at) as number;
    from = bond;
    order.push(at);
    bonds.push(sizes[bond] as number);
  }
  bonds.push(order.length > 1 ? outer(order[order.length - 1] as number) : 1);
  return order.length === n ? { order, bonds } : undefined;
}
