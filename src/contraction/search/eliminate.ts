/**
 * Trees from an order in which the summed indices disappear (bucket elimination, Dechter 1999): the next
 * index is the one whose removal adds the fewest edges between its neighbours (min-fill), or makes the
 * smallest tensor (min-weight). Strong where few indices run through very many tensors.
 */
import { forEachBit, popcount, wordsFor } from '../bits.ts';
import type { Problem } from '../problem.ts';
import type { Tree } from '../tree.ts';
import type { Random } from './xoshiro.ts';

export type EliminationRule = 'min-fill' | 'min-weight';

export function eliminationTree(problem: Problem, rule: EliminationRule, random: Random): Tree {
  return bucketTree(problem, eliminationOrder(problem, rule, random));
}

/** Indices are neighbours when a tensor, or the output, has both. Ties are broken at random. */
function eliminationOrder(problem: Problem, rule: EliminationRule, random: Random): number[] {
  const { n, m, words, weights } = problem;
  const width = wordsFor(m);
  const near = new Int32Array(m * width);
  const join = (sets: Int32Array, at: number) =>
    forEachBit(sets, at, words, (i) => {
      for (let w = 0; w < width; w++) (near[i * width + w] as number) |= sets[at + w] as number;
    });
  for (let k = 0; k < n; k++) join(problem.legs, k * words);
  join(problem.open, 0);
  for (let i = 0; i < m; i++) (near[i * width + (i >> 5)] as number) &= ~(1 << (i & 31));

  const price = (i: number): number => {
    let sum = 0;
    if (rule === 'min-weight') {
      forEachBit(near, i * width, width, (j) => {
        sum += weights[j] as number;
      });
      return sum + 1e-6 * random();
    }
    let degree = 0;
    let linked = 0;
    for (let w = 0; w < width; w++) degree += popcount(near[i * width + w] as number);
    forEachBit(near, i * width, width, (j) => {
      for (let w = 0; w < width; w++) {
        linked += popcount((near[i * width + w] as number) & (near[j * width + w] as number));
      }
    });
    return (degree * (degree - 1) - linked) / 2 + 0.5 * random() + degree * 1e-3;
  };

  const left = new Set<number>();
  for (let i = 0; i < m; i++) {
    if ((((problem.open[i >> 5] as number) >>> (i & 31)) & 1) === 0) left.add(i);
  }
  const prices = Float64Array.from({ length: m }, (_, i) => (left.has(i) ? price(i) : 0));
  const order: number[] = [];
  const touched = new Int32Array(width);
  while (left.size > 0) {
    let next = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const i of left) {
      if ((prices[i] as number) < least) {
        least = prices[i] as number;
        next = i;
      }
    }
    left.delete(next);
    order.push(next);
    const at = next * width;
    touched.set(near.subarray(at, at + width));
    forEachBit(near, at, width, (j) => {
      for (let w = 0; w < width; w++) (near[j * width + w] as number) |= near[at + w] as number;
      (near[j * width + (j >> 5)] as number) &= ~(1 << (j & 31));
      (near[j * width + (next >> 5)] as number) &= ~(1 << (next & 31));
      if (rule === 'min-weight') return;
      for (let w = 0; w < width; w++) (touched[w] as number) |= near[j * width + w] as number;
    });
    forEachBit(touched, 0, width, (j) => {
      if (left.has(j)) prices[j] = price(j);
    });
  }
  return order;
}

/** Among how many of the smallest tensors of a bucket the next pair is sought. */
const choice = 6;

/** Contracts, index after index, all the tensors that carry it; the pair with the smallest product first. */
function bucketTree(problem: Problem, order: readonly number[]): Tree {
  const { n, m, words, weights } = problem;
  const left: number[] = [];
  const right: number[] = [];
  const legs: number[][] = [];
  const size: number[] = [];
  const count = new Int32Array(m);
  const holders: Set<number>[] = Array.from({ length: m }, () => new Set<number>());
  const alive = new Set<number>();
  const weigh = (indices: readonly number[]) => indices.reduce((sum, i) => sum + (weights[i] as number), 0);

  function add(indices: number[]): void {
    const v = legs.push(indices) - 1;
    size.push(weigh(indices));
    alive.add(v);
    for (const i of indices) {
      (count[i] as number)++;
      holders[i]?.add(v);
    }
  }

  const union = (a: number, b: number) => [...new Set([...(legs[a] as number[]), ...(legs[b] as number[])])];

  function merge(a: number, b: number): void {
    const both = union(a, b);
    for (const t of [a, b]) {
      alive.delete(t);
      for (const i of legs[t] as number[]) {
        (count[i] as number)--;
        holders[i]?.delete(t);
      }
    }
    left.push(a);
    right.push(b);
    add(both.filter((i) => (count[i] as number) > 0));
  }

  function mergeAll(tensors: ReadonlySet<number>): void {
    while (tensors.size > 1) {
      const few = [...tensors].sort((a, b) => (size[a] as number) - (size[b] as number)).slice(0, choice);
      let best: [number, number] = [few[0] as number, few[1] as number];
      let least = Number.POSITIVE_INFINITY;
      few.forEach((a, x) => {
        for (const b of few.slice(0, x)) {
          const cost = weigh(union(a, b));
          if (cost < least) {
            least = cost;
            best = [b, a];
          }
        }
      });
      merge(...best);
    }
  }

  forEachBit(problem.open, 0, words, (i) => (count[i] as number)++);
  for (let k = 0; k < n; k++) {
    const own: number[] = [];
    forEachBit(problem.legs, k * words, words, (i) => own.push(i));
    add(own);
  }
  for (const i of order) mergeAll(holders[i] as Set<number>);
  mergeAll(alive);
  return { n, left: Int32Array.from(left), right: Int32Array.from(right) };
}
