/**
 * A contraction tree that is being changed: child links, legs and the cost of every pair, in arrays that
 * annealing and polishing share and edit in place. Nodes keep their numbers while the tree turns under
 * them; the root is always the last.
 */
import { type CostModel, elementCost, ignoresElements, operationsOnly } from './cost-model.ts';
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
  /** 2^−scale: where products of sizes begin. */
  readonly unit: number;
  readonly model: CostModel;
}

/** 2^−scale must not vanish. */
const largestScale = 1000;

export function liveTree(problem: Problem, tree: Tree, model = operationsOnly): LiveTree {
  const { n } = problem;
  const nodes = 2 * n - 1;
  const scale = Math.min(largestScale, Math.max(0, treeWeight(problem, tree)));
  const live = {
    problem,
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    sets: legsOf(problem, tree),
    cost: new Float64Array(nodes),
    scale,
    unit: 2 ** -scale,
    model,
  };
  live.left.set(tree.left, n);
  live.right.set(tree.right, n);
  for (let v = n; v < nodes; v++) live.cost[v] = pairCost(live, v);
  return live;
}

/** Elements of a tensor with the legs in `sets` at word `at`, in units of 2^scale. */
export function setSize({ problem, unit }: LiveTree, sets: Int32Array, at: number): number {
  const { factors } = problem;
  let value = unit;
  for (let w = 0; w < problem.words; w++) {
    const word = sets[at + w] as number;
    const base = w << 10;
    value *=
      (factors[base + (word & 255)] as number) *
      (factors[base + 256 + ((word >>> 8) & 255)] as number) *
      (factors[base + 512 + ((word >>> 16) & 255)] as number) *
      (factors[base + 768 + (word >>> 24)] as number);
  }
  return value;
}

/** Multiply-adds of pair v, and what its elements cost, in units of 2^scale. */
export function pairCost(live: LiveTree, v: number): number {
  const { sets, model } = live;
  const { words } = live.problem;
  const l = (live.left[v] as number) * words;
  const r = (live.right[v] as number) * words;
  const union = new Int32Array(words);
  for (let w = 0; w < words; w++) union[w] = (sets[l + w] as number) | (sets[r + w] as number);
  const multiplyAdds = setSize(live, union, 0);
  if (ignoresElements(model)) return multiplyAdds;
  return multiplyAdds + elementCost(model, setSize(live, sets, v * words), 2 ** live.scale);
}

/** log2 of the cost of the whole tree; −Infinity for none. */
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
