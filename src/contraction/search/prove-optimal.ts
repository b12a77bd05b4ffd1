/**
 * Proof that a tree is optimal, or a better one: dynamic programming over the subsets of tensors that can
 * be contracted for less than a known tree costs (Pfeifer, Haegeman and Verstraete, arXiv 1304.6112).
 * Outer products are allowed. Whether it ends in time depends on how many subsets are that cheap, not on
 * the number of tensors, so the work is bounded and the answer may be "unknown".
 */
import { unionOf, wordWeight } from '../bits.ts';
import { type CostModel, countsOperations, stepCost } from '../pricing/cost-model.ts';
import type { Problem } from '../problem.ts';
import { renumber, type Tree } from '../tree.ts';
import type { Effort } from './effort.ts';

/** A unit of work takes so much longer here than in the kernels. */
const slowdown = 5;

/** Subsets are 32-bit masks. */
export const mostTensors = 30;

interface Subset {
  readonly mask: number;
  readonly legs: Int32Array;
  /** In units of the known tree's cost, so that 1 is the bar. */
  cost: number;
  left: number;
  right: number;
}

/** 'optimal': no tree is cheaper than 2^weight; undefined: not decided within so much work. */
export function provenTree(
  problem: Problem,
  weight: number,
  model: CostModel,
  effort: Effort,
  work: number,
): Tree | 'optimal' | undefined {
  const { n, words, table, open } = problem;
  const full = 2 ** n - 1;
  const known = new Map<number, Subset>();
  const bySize: Subset[][] = Array.from({ length: n + 1 }, () => []);
  // Savings below rounding errors are none.
  const bar = 1 - 1e-9;
  let left = work / slowdown;

  for (let k = 0; k < n; k++) {
    const legs = problem.legs.slice(k * words, (k + 1) * words);
    const subset = { mask: 1 << k, legs, cost: 0, left: 0, right: 0 };
    known.set(subset.mask, subset);
    bySize[1]?.push(subset);
  }
  const wordsOf = (word: (w: number) => number): number => {
    let sum = -weight;
    for (let w = 0; w < words; w++) sum += wordWeight(table, w, word(w));
    return 2 ** sum;
  };
  const size = (legs: Int32Array): number => wordsOf((w) => legs[w] as number);
  const plain = countsOperations(model);
  /** Beside what contracting a and b first cost. */
  function step(a: Subset, b: Subset, flops: number, legs: Int32Array): number {
    if (plain) return flops;
    const products = wordsOf((w) => (a.legs[w] as number) & (b.legs[w] as number) & (legs[w] as number));
    return stepCost(model, flops, size(legs), products, 2 ** weight);
  }
  const pair = new Int32Array(words);

  function join(a: Subset, b: Subset, target: Subset[]): void {
    left -= 10 + 2 * words;
    for (let w = 0; w < words; w++) pair[w] = (a.legs[w] as number) | (b.legs[w] as number);
    const before = a.cost + b.cost;
    const flops = size(pair);
    if (before + flops >= bar) return;
    const mask = a.mask | b.mask;
    const seen = known.get(mask);
    if (seen) {
      const total = before + step(a, b, flops, seen.legs);
      if (total < seen.cost) Object.assign(seen, { cost: total, left: a.mask, right: b.mask });
      return;
    }
    left -= 400 + 6 * n * words;
    const legs = open.slice();
    for (let k = 0; k < n; k++)
      if (((mask >>> k) & 1) === 0) unionOf(legs, 0, problem.legs, k * words, words);
    for (let w = 0; w < words; w++) (legs[w] as number) &= pair[w] as number;
    const total = before + step(a, b, flops, legs);
    if (total >= bar) return;
    const subset = { mask, legs, cost: total, left: a.mask, right: b.mask };
    known.set(mask, subset);
    target.push(subset);
  }

  for (let count = 2; count <= n; count++) {
    const target = bySize[count] as Subset[];
    let before = left;
    for (let i = 1; 2 * i <= count; i++) {
      const others = bySize[count - i] as Subset[];
      const ones = bySize[i] as Subset[];
      for (let x = 0; x < ones.length; x++) {
        const a = ones[x] as Subset;
        effort.did(slowdown * (before - left));
        before = left;
        if (left < 0 || effort.over()) return undefined;
        for (let y = 2 * i === count ? x + 1 : 0; y < others.length; y++) {
          const b = others[y] as Subset;
          // Sorted by cost: none after this one is cheap enough.
          if (a.cost + b.cost >= bar) break;
          left -= 3;
          if ((a.mask & b.mask) === 0) join(a, b, target);
        }
      }
    }
    target.sort((p, q) => p.cost - q.cost);
  }
  if (!known.has(full)) return 'optimal';
  const node = (mask: number) => ((mask & (mask - 1)) === 0 ? 31 - Math.clz32(mask) : n + mask);
  return renumber(
    n,
    node(full),
    (v) => node(known.get(v - n)?.left as number),
    (v) => node(known.get(v - n)?.right as number),
  );
}
