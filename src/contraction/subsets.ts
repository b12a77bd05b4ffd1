/**
 * The optimal tree over a handful of tensors, by dynamic programming over ALL their subsets (3^k splits):
 * outer products, hyper-indices and batch indices need no special case. Used on whole small networks and,
 * over and over, on small sub-trees of large ones.
 */
import { wordsFor } from './bits.ts';
import { elementCost, ignoresElements, operationsOnly } from './cost-model.ts';
import type { Problem } from './problem.ts';

export interface SubsetSolver {
  /**
   * Solves for the tensors whose sets start at word `at[0] … at[count − 1]` of `sets`; `outer` (a set at
   * word `outerAt`) is what must survive. Returns the cost in units of 2^scale, or Infinity when nothing
   * costs less than `bound` (same units). The tree is then in `split`.
   */
  solve(
    sets: Int32Array,
    at: ArrayLike<number>,
    count: number,
    outer: Int32Array,
    outerAt: number,
    scale: number,
    bound: number,
  ): number;
  /** For a subset as a bit mask of ≥ 2 members, the part of it that is the left child. */
  split(mask: number): number;
}

export function createSubsetSolver(problem: Problem, limit: number, model = operationsOnly): SubsetSolver {
  const { words, weights } = problem;
  const best = new Float64Array(1 << limit);
  const chosen = new Int32Array(1 << limit);
  const patterns = new Map<number, number>();
  let localWords = 1;
  let factors = new Float64Array(32);
  let legs = new Int32Array(1 << limit);
  let table = new Float64Array(1024);

  /** Renames the indices by which of the tensors (and the outside) carry them; equal ones are one. */
  function compact(
    sets: Int32Array,
    at: ArrayLike<number>,
    count: number,
    outer: Int32Array,
    outerAt: number,
  ) {
    patterns.clear();
    let used = 0;
    for (let w = 0; w < words; w++) {
      let rest = 0;
      for (let k = 0; k < count; k++) rest |= sets[(at[k] as number) + w] as number;
      while (rest !== 0) {
        const bit = 31 - Math.clz32(rest & -rest);
        rest &= rest - 1;
        let pattern = (((outer[outerAt + w] as number) >>> bit) & 1) << count;
        for (let k = 0; k < count; k++)
          pattern |= (((sets[(at[k] as number) + w] as number) >>> bit) & 1) << k;
        const known = patterns.get(pattern);
        const weight = weights[w * 32 + bit] as number;
        if (known !== undefined) (factors[known] as number) += weight;
        else {
          if (used === factors.length) {
            const larger = new Float64Array(used * 2);
            larger.set(factors);
            factors = larger;
          }
          factors[used] = weight;
          patterns.set(pattern, used++);
        }
      }
    }
    localWords = wordsFor(used);
    if (legs.length < localWords << count) legs = new Int32Array(localWords << count);
    if (table.length < localWords * 1024) table = new Float64Array(localWords * 1024);
    return used;
  }

  /** Fills `table` with products of sizes by byte; everything is scaled by 2^−scale through word 0. */
  function fillTable(used: number, scale: number) {
    for (let byte = 0; byte < localWords * 4; byte++) {
      const base = byte * 256;
      table[base] = byte === 0 ? 2 ** -scale : 1;
      for (let bit = 0; bit < 8; bit++) {
        const i = byte * 8 + bit;
        const half = 1 << bit;
        if (i >= used) break;
        const factor = 2 ** (factors[i] as number);
        for (let v = 0; v < half; v++) table[base + half + v] = (table[base + v] as number) * factor;
      }
    }
  }

  /** Fills `legs[mask]` for every subset: union of the members, cut to what the others or the outside carry. */
  function fillLegs(count: number) {
    const full = (1 << count) - 1;
    const member = new Int32Array(localWords);
    for (let k = 0; k < count; k++) {
      member.fill(0);
      for (const [pattern, i] of patterns)
        if ((pattern >>> k) & 1) (member[i >> 5] as number) |= 1 << (i & 31);
      const half = 1 << k;
      for (let mask = 0; mask < half; mask++) {
        for (let w = 0; w < localWords; w++) {
          const below = mask === 0 ? 0 : (legs[mask * localWords + w] as number);
          legs[(half + mask) * localWords + w] = below | (member[w] as number);
        }
      }
    }
    member.fill(0);
    for (const [pattern, i] of patterns)
      if ((pattern >>> count) & 1) (member[i >> 5] as number) |= 1 << (i & 31);
    for (let w = 0; w < localWords; w++) {
      const outside = member[w] as number;
      legs[w] = 0;
      // A set and its complement cut each other; take both at once, before either is overwritten.
      for (let mask = 1; mask <= full >> 1; mask++) {
        const a = mask * localWords + w;
        const b = (full ^ mask) * localWords + w;
        const inA = legs[a] as number;
        const inB = legs[b] as number;
        legs[a] = inA & (inB | outside);
        legs[b] = inB & (inA | outside);
      }
      (legs[full * localWords + w] as number) &= outside;
    }
  }

  function elements(a: number, b: number): number {
    let product = 1;
    for (let w = 0; w < localWords; w++) {
      const word = (legs[a * localWords + w] as number) | (legs[b * localWords + w] as number);
      const base = w * 1024;
      product *=
        (table[base + (word & 255)] as number) *
        (table[base + 256 + ((word >>> 8) & 255)] as number) *
        (table[base + 512 + ((word >>> 16) & 255)] as number) *
        (table[base + 768 + (word >>> 24)] as number);
    }
    return product;
  }

  return {
    solve(sets, at, count, outer, outerAt, scale, bound) {
      fillTable(compact(sets, at, count, outer, outerAt), scale);
      fillLegs(count);
      const full = (1 << count) - 1;
      const operations = ignoresElements(model);
      for (let mask = 1; mask <= full; mask++) {
        if ((mask & (mask - 1)) === 0) {
          best[mask] = 0;
          continue;
        }
        const own = operations ? 0 : elementCost(model, elements(mask, mask), 2 ** scale);
        let least = bound;
        let choice = 0;
        // Splits are unordered: the lowest member always goes left.
        const low = mask & -mask;
        const others = mask ^ low;
        for (let rest = (others - 1) & others; ; rest = (rest - 1) & others) {
          const a = rest | low;
          const b = mask ^ a;
          const below = (best[a] as number) + (best[b] as number) + own;
          if (below < least) {
            const cost = below + elements(a, b);
            if (cost < least) {
              least = cost;
              choice = a;
            }
          }
          if (rest === 0) break;
        }
        best[mask] = choice === 0 ? Number.POSITIVE_INFINITY : least;
        chosen[mask] = choice;
      }
      return best[full] as number;
    },
    split: (mask) => chosen[mask] as number,
  };
}
