/**
 * Simulated annealing of a contraction tree by local rotations (TreeSA: Kalachev, Panteleev and Yung,
 * arXiv 2108.05665): ((a, b), c) becomes ((a, c), b). Only two pairs change, and the legs of (a, c) are
 * (a | c) & (b | parent), so that a move costs a few words of bit operations whatever the indices are.
 *
 * A move that makes its two pairs together r times dearer is taken with probability r^−beta.
 */
import { elementCost, ignoresElements } from './cost-model.ts';
import { type LiveTree, setSize } from './live-tree.ts';
import type { Random } from './random.ts';

/** How many different thresholds of acceptance a temperature has: 2⁹, picked by the high bits of the dice. */
const thresholdBits = 9;

/** From random to nearly strict descent: beta rises linearly from `hot` to `cold` in `levels` steps. */
export const levels = 64;
const hot = 0.7;
const cold = 20;

const tables: Float64Array[] = [];

/** The factors by which a move may raise the cost at a level, as quantiles of uniform^(−1/beta). */
function acceptance(level: number): Float64Array {
  const known = tables[level];
  if (known) return known;
  const beta = hot + ((cold - hot) * level) / (levels - 1);
  const count = 1 << thresholdBits;
  const table = Float64Array.from({ length: count }, (_, i) => ((i + 0.5) / count) ** (-1 / beta));
  tables[level] = table;
  return table;
}

/** `count` passes at a level of 0 … levels − 1, each trying one rotation at every pair, in place. */
export function sweep(live: LiveTree, level: number, count: number, random: Random): void {
  const accept = acceptance(level);
  const { left, right, cost, sets, unit, model } = live;
  const operations = ignoresElements(model);
  const { n, words, factors } = live.problem;
  const scale = 2 ** live.scale;
  const made = new Int32Array(words);
  for (let pass = 0; pass < count; pass++) {
    for (let v = 2 * n - 2; v >= n; v--) {
      const dice = (random() * 4294967296) >>> 0;
      let x = left[v] as number;
      let c = right[v] as number;
      if (x < n || (c >= n && (dice & 1) !== 0)) {
        const other = x;
        x = c;
        c = other;
      }
      if (x < n) continue;
      let a = left[x] as number;
      let b = right[x] as number;
      if ((dice & 2) !== 0) {
        const other = a;
        a = b;
        b = other;
      }
      const atA = a * words;
      const atB = b * words;
      const atC = c * words;
      const atV = v * words;
      let inner = unit;
      let outer = unit;
      // The byte look-ups of pairCost, written out twice: this loop is where the search spends its time.
      for (let w = 0; w < words; w++) {
        const union = (sets[atA + w] as number) | (sets[atC + w] as number);
        const other = sets[atB + w] as number;
        const kept = union & (other | (sets[atV + w] as number));
        made[w] = kept;
        const top = kept | other;
        const base = w << 10;
        inner *=
          (factors[base + (union & 255)] as number) *
          (factors[base + 256 + ((union >>> 8) & 255)] as number) *
          (factors[base + 512 + ((union >>> 16) & 255)] as number) *
          (factors[base + 768 + (union >>> 24)] as number);
        outer *=
          (factors[base + (top & 255)] as number) *
          (factors[base + 256 + ((top >>> 8) & 255)] as number) *
          (factors[base + 512 + ((top >>> 16) & 255)] as number) *
          (factors[base + 768 + (top >>> 24)] as number);
      }
      if (!operations) {
        inner += elementCost(model, setSize(live, made, 0), scale);
        outer += elementCost(model, setSize(live, sets, atV), scale);
      }
      const before = (cost[x] as number) + (cost[v] as number);
      if (inner + outer <= before * (accept[dice >>> (32 - thresholdBits)] as number)) {
        left[x] = a;
        right[x] = c;
        left[v] = x;
        right[v] = b;
        for (let w = 0; w < words; w++) sets[x * words + w] = made[w] as number;
        cost[x] = inner;
        cost[v] = outer;
      }
    }
  }
}
