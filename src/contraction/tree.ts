/**
 * Binary contraction trees in flat arrays. Nodes 0 … n−1 are the tensors; nodes n … 2n−2 are pairs, and
 * children come before their parents, so that a tree and a path in static single assignment form are
 * the same numbers.
 */
import { wordWeight } from './bits.ts';
import type { SsaPath } from './network.ts';
import { operationsOnly, stepCost } from './pricing/cost-model.ts';
import type { Problem } from './problem.ts';

export interface Tree {
  readonly n: number;
  /** Entry v − n is the left (right) child of pair v. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Throws `internal:` unless the path uses every tensor once and leaves one. */
export function treeOf(n: number, path: SsaPath): Tree {
  if (path.length !== Math.max(0, n - 1)) {
    throw new Error(`internal: a path over ${n} tensors has ${Math.max(0, n - 1)} pairs, not ${path.length}`);
  }
  const used = new Uint8Array(n + path.length);
  path.forEach(([a, b], step) => {
    for (const child of [a, b]) {
      if (!(Number.isInteger(child) && child >= 0 && child < n + step) || used[child]) {
        throw new Error(`internal: pair ${step} of the path uses tensor ${child}, which is not there`);
      }
      used[child] = 1;
    }
  });
  return { n, left: Int32Array.from(path, (p) => p[0]), right: Int32Array.from(path, (p) => p[1]) };
}

export const pathOf = (tree: Tree): SsaPath =>
  Array.from(tree.left, (l, i) => [l, tree.right[i] as number] as const);

/**
 * The legs of every node: the indices that both something inside and something outside (or the output)
 * carries. 2n − 1 sets of `problem.words` words.
 */
export function legsOf(problem: Problem, tree: Tree): Int32Array {
  const { n, words } = problem;
  const sets = new Int32Array(Math.max(1, 2 * n - 1) * words);
  sets.set(problem.legs);
  for (let v = n; v < 2 * n - 1; v++) {
    const l = (tree.left[v - n] as number) * words;
    const r = (tree.right[v - n] as number) * words;
    for (let w = 0; w < words; w++) sets[v * words + w] = (sets[l + w] as number) | (sets[r + w] as number);
  }
  if (n < 2) return sets;
  // Downwards: what is outside a child is what is outside its parent, and its sibling.
  const outside = new Int32Array((2 * n - 1) * words);
  outside.set(problem.open, (2 * n - 2) * words);
  for (let v = 2 * n - 2; v >= n; v--) {
    const at = v * words;
    const l = (tree.left[v - n] as number) * words;
    const r = (tree.right[v - n] as number) * words;
    for (let w = 0; w < words; w++) {
      const above = outside[at + w] as number;
      outside[l + w] = above | (sets[r + w] as number);
      outside[r + w] = above | (sets[l + w] as number);
      (sets[at + w] as number) &= above;
    }
  }
  return sets;
}

/** log2 of the multiply-adds of pair v, of the elements it makes, and of its products as stepCost counts them. */
export function pairWeights(
  { words, table }: Problem,
  sets: Int32Array,
  left: number,
  right: number,
  v: number,
): readonly [flops: number, elements: number, products: number] {
  let [flops, elements, products] = [0, 0, 0];
  for (let w = 0; w < words; w++) {
    const l = sets[left * words + w] as number;
    const r = sets[right * words + w] as number;
    const made = sets[v * words + w] as number;
    flops += wordWeight(table, w, l | r);
    elements += wordWeight(table, w, made);
    products += wordWeight(table, w, l & r & made);
  }
  return [flops, elements, products];
}

/** log2 of the cost of a whole tree; −Infinity for none. */
export function treeWeight(problem: Problem, tree: Tree, model = operationsOnly): number {
  const { n } = problem;
  const sets = legsOf(problem, tree);
  const weights = Array.from(tree.left, (l, i) =>
    pairWeights(problem, sets, l, tree.right[i] as number, n + i),
  );
  const max = weights.reduce((most, [flops]) => Math.max(most, flops), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (const [flops, elements, products] of weights)
    sum += stepCost(model, 2 ** (flops - max), 2 ** (elements - max), 2 ** (products - max), 2 ** max);
  return sum === 0 ? max : max + Math.log2(sum);
}

/** The tree of nested arrays `node = leaf | [node, node]`, renumbered children first, given as child functions. */
export function renumber(
  n: number,
  root: number,
  leftOf: (v: number) => number,
  rightOf: (v: number) => number,
): Tree {
  const left = new Int32Array(Math.max(0, n - 1));
  const right = new Int32Array(left.length);
  let next = 0;
  const done: number[] = [];
  // A pair is pushed twice: to expand it, and (complemented) to number it after its children.
  const stack = [root];
  while (stack.length > 0) {
    const v = stack.pop() as number;
    if (v >= n) stack.push(~v, rightOf(v), leftOf(v));
    else if (v >= 0) done.push(v);
    else {
      right[next] = done.pop() as number;
      left[next] = done.pop() as number;
      done.push(n + next++);
    }
  }
  return { n, left, right };
}
