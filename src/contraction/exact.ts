/** The optimal contraction tree of a whole small network. */
import { operationsOnly } from './cost-model.ts';
import type { Problem } from './problem.ts';
import { createSubsetSolver } from './subsets.ts';
import { renumber, type Tree } from './tree.ts';

/** Exact over all trees, outer products included: 3^n splits, so for n ≤ 13 or so. */
export function exactTree(problem: Problem, model = operationsOnly): Tree {
  const { n, words, legs, open } = problem;
  if (n < 2) return { n, left: new Int32Array(0), right: new Int32Array(0) };
  const solver = createSubsetSolver(problem, n, model);
  const at = Array.from({ length: n }, (_, k) => k * words);
  solver.solve(legs, at, n, open, 0, 0, Number.POSITIVE_INFINITY);
  // Nodes of the tree are subsets; renumber() wants leaves below n, so pairs are shifted above them.
  const node = (mask: number): number => ((mask & (mask - 1)) === 0 ? 31 - Math.clz32(mask) : n + mask);
  return renumber(
    n,
    node((1 << n) - 1),
    (v) => node(solver.split(v - n)),
    (v) => node((v - n) ^ solver.split(v - n)),
  );
}
