/**
 * In which order to carry out the pairs of a tree so that the fewest elements are alive at once: the tree
 * decides the operations, the order only the memory. Liu's rule (SIAM J. Matrix Anal. 1986): of two
 * sub-trees the one whose peak exceeds its result the most goes first.
 */
import { wordWeight } from '../bits.ts';
import type { Problem } from '../problem.ts';
import { legsOf, renumber, type Tree } from '../tree.ts';

export function leastPeak(problem: Problem, tree: Tree): Tree {
  const { n, words, table } = problem;
  if (n < 2) return tree;
  const sets = legsOf(problem, tree);
  const elements = new Float64Array(2 * n - 1);
  const peak = new Float64Array(2 * n - 1);
  const left = tree.left.slice();
  const right = tree.right.slice();
  for (let v = n; v < 2 * n - 1; v++) {
    let weight = 0;
    for (let w = 0; w < words; w++) weight += wordWeight(table, w, sets[v * words + w] as number);
    elements[v] = 2 ** weight;
    let a = left[v - n] as number;
    let b = right[v - n] as number;
    const excess = (t: number) => (peak[t] as number) - (elements[t] as number);
    if (excess(b) > excess(a)) {
      left[v - n] = b;
      right[v - n] = a;
      [a, b] = [b, a];
    }
    const [sizeA, sizeB] = [elements[a] as number, elements[b] as number];
    peak[v] = Math.max(
      peak[a] as number,
      sizeA + (peak[b] as number),
      sizeA + sizeB + (elements[v] as number),
    );
  }
  return renumber(
    n,
    2 * n - 2,
    (v) => left[v - n] as number,
    (v) => right[v - n] as number,
  );
}
