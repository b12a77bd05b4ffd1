/**
 * Greedy contraction with Boltzmann noise (opt_einsum, Smith and Gray 2018; cotengra, Gray and Kourtis
 * 2021): the pair with the least `size(result) − alpha · (size(a) + size(b))` goes first. Noise of a
 * given temperature on that score makes every call a different sample.
 */
import { forEachBit } from '../bits.ts';
import type { Problem } from '../problem.ts';
import type { Tree } from '../tree.ts';
import { createHeap } from './heap.ts';
import type { Random } from './xoshiro.ts';

export interface GreedyCost {
  /** Weight of the operands' sizes: 1 counts the change of memory, 0 the result alone. */
  readonly alpha: number;
  /** Standard scale of the noise on log2 of the score; 0 is deterministic. */
  readonly temperature: number;
}

/** An index on more tensors than this offers only pairs of neighbours by size: all pairs would be quadratic. */
const mostNeighbours = 24;

export function greedyTree(problem: Problem, cost: GreedyCost, random: Random): Tree {
  const { n, m, weights } = problem;
  const left = new Int32Array(Math.max(0, n - 1));
  const right = new Int32Array(left.length);
  const { legs, size, count, holders } = startOf(problem);
  const gone = new Uint8Array(2 * n);
  const heap = createHeap();

  const contract = (a: number, b: number, keep?: number[]): number =>
    weightOfProduct(legs[a] as number[], legs[b] as number[], count, weights, keep);

  function offer(a: number, b: number): void {
    const operands = 2 ** (size[a] as number) + 2 ** (size[b] as number);
    const change = 2 ** contract(a, b) - cost.alpha * operands;
    // A signed logarithm keeps the order and makes the noise relative.
    let score = Math.sign(change) * Math.log2(1 + Math.abs(change));
    if (cost.temperature > 0) score += cost.temperature * Math.log(-Math.log(random() + 1e-12) + 1e-12);
    heap.push(score, a, b);
  }

  for (let i = 0; i < m; i++) {
    const list = holders[i] as number[];
    if (list.length <= mostNeighbours) {
      for (let x = 1; x < list.length; x++) {
        for (let y = 0; y < x; y++) offer(list[y] as number, list[x] as number);
      }
    } else {
      const bySize = [...list].sort((p, q) => (size[p] as number) - (size[q] as number));
      for (let x = 1; x < bySize.length; x++) offer(bySize[x - 1] as number, bySize[x] as number);
    }
  }

  let next = n;
  const seen = new Int32Array(2 * n);
  function merge(a: number, b: number): void {
    const keep: number[] = [];
    size[next] = contract(a, b, keep);
    for (const side of [a, b]) {
      gone[side] = 1;
      for (const i of legs[side] as number[]) (count[i] as number)--;
    }
    legs[next] = keep;
    left[next - n] = a;
    right[next - n] = b;
    const v = next++;
    for (const i of keep) (count[i] as number)++;
    for (const i of keep) {
      const list = (holders[i] as number[]).filter((t) => gone[t] === 0);
      for (const t of list.slice(0, mostNeighbours)) {
        if (seen[t] !== v) offer(t, v);
        seen[t] = v;
      }
      list.push(v);
      holders[i] = list;
    }
  }

  while (next < 2 * n - 1 && heap.size() > 0) {
    const [a, b] = heap.pop();
    if (gone[a] === 0 && gone[b] === 0) merge(a, b);
  }
  // What is left shares nothing: outer products, smallest first.
  const rest: number[] = [];
  for (let v = 0; v < next; v++) if (gone[v] === 0) rest.push(v);
  while (rest.length > 1) {
    rest.sort((p, q) => (size[q] as number) - (size[p] as number) || q - p);
    const a = rest.pop() as number;
    const b = rest.pop() as number;
    rest.push(next);
    merge(a, b);
  }
  return { n, left, right };
}

/**
 * The tensors as the contraction begins. Of each tensor its indices, ascending, and log2 of its elements, with
 * room for the tensors that are made; of each index how many tensors (and the output) carry it, and which.
 */
function startOf({ n, m, words, legs: sets, open, weights }: Problem) {
  const legs: number[][] = [];
  const size = new Float64Array(2 * n);
  const count = new Int32Array(m);
  const holders: number[][] = Array.from({ length: m }, () => []);
  forEachBit(open, 0, words, (i) => (count[i] as number)++);
  for (let k = 0; k < n; k++) {
    const own: number[] = [];
    forEachBit(sets, k * words, words, (i) => {
      own.push(i);
      (count[i] as number)++;
      holders[i]?.push(k);
      (size[k] as number) += weights[i] as number;
    });
    legs.push(own);
  }
  return { legs, size, count, holders };
}

/**
 * log2 of the elements of the product of two tensors, given their ascending indices; those that the product
 * keeps, because another tensor or the output carries them, are appended to `keep`.
 */
function weightOfProduct(
  a: readonly number[],
  b: readonly number[],
  count: Int32Array,
  weights: Float64Array,
  keep?: number[],
): number {
  const none = weights.length;
  let weight = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = i < a.length ? (a[i] as number) : none;
    const y = j < b.length ? (b[j] as number) : none;
    const index = x < y ? x : y;
    if (x <= y) i++;
    if (y <= x) j++;
    if ((count[index] as number) > (x === y ? 2 : 1)) {
      weight += weights[index] as number;
      keep?.push(index);
    }
  }
  return weight;
}
