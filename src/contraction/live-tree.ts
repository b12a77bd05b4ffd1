/**
 * A contraction tree that is being changed: child links, legs and the cost of every pair, in arrays that
 * annealing and polishing share and edit in place. Nodes keep their numbers while the tree turns under
 * them; the root is always the last.
 */
import { byteTable } from './bits.ts';
import type { Problem } from './problem.ts';
import { legsOf, renumber, type Tree, treeWeight } from './tree.ts';

export interface LiveTree {
  readonly problem: Problem;
  /** 2n − 1 entries, of which the first n are not used. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 2n − 1 sets: the legs of every node. */
  readonly sets: Int32Array;
  /** The cost of every pair in units of 2^scale, so that the largest trees neither overflow nor vanish. */
  readonly cost: Float64Array;
  readonly scale: number;
  /** Like `byteTable`, but products of sizes; word 0 brings the factor 2^−scale. */
  readonly factors: Float64Array;
}

export function liveTree(problem: Problem, tree: Tree): LiveTree {
  const { n, words } = problem;
  const nodes = 2 * n - 1;
  const scale = Math.max(0, treeWeight(problem, tree));
  const factors = byteTable(problem.weights, words).map((x) => 2 ** x);
  for (let v = 0; v < 256; v++) (factors[v] as number) *= 2 ** -scale;
  const live = {
    problem,
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    sets: legsOf(problem, tree),
    cost: new Float64Array(nodes),
    scale,
    factors,
  };
  live.left.set(tree.left, n);
  live.right.set(tree.right, n);
  for (let v = n; v < nodes; v++) live.cost[v] = pairCost(live, live.left[v] as number, live.right[v] as number);
  return live;
}

/** Multiply-adds of contracting nodes a and b, in units of 2^scale. */
export function pairCost({ problem, sets, factors }: LiveTree, a: number, b: number): number {
  const { words } = problem;
  let value = 1;
  for (let w = 0; w < words; w++) {
    const word = (sets[a * words + w] as number) | (sets[b * words + w] as number);
    const base = w << 10;
    value *=
      (factors[base + (word & 255)] as number) *
      (factors[base + 256 + ((word >>> 8) & 255)] as number) *
      (factors[base + 512 + ((word >>> 16) & 255)] as number) *
      (factors[base + 768 + (word >>> 24)] as number);
  }
  return value;
}

/** log2 of the multiply-adds of the whole tree; −Infinity for none. */
export function liveWeight({ problem, cost, scale }: LiveTree): number {
  let sum = 0;
  for (let v = problem.n; v < cost.length; v++) sum += cost[v] as number;
  return sum === 0 ? Number.NEGATIVE_INFINITY : scale + Math.log2(sum);
}

export const snapshot = ({ problem, left, right }: LiveTree): Tree =>
  renumber(
    problem.n,
    2 * problem.n - 2,
    (v) => left[v] as number,
    (v) => right[v] as number,
  );
