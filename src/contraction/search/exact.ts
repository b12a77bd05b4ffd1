/** The optimal contraction tree of a whole small network. */
import { operationsOnly } from '../pricing/cost-model.ts';
import type { Problem } from '../problem.ts';
import type { Tree } from '../tree.ts';
import { createLiveTree } from './live-tree.ts';

/** Exact over all trees, outer products included: 3^n splits, so for n ≤ 13 or so. */
export function exactTree(problem: Problem, model = operationsOnly): Tree {
  const { n } = problem;
  const pairs = Math.max(0, n - 1);
  const leftToRight = {
    n,
    left: Int32Array.from({ length: pairs }, (_, i) => (i === 0 ? 0 : n + i - 1)),
    right: Int32Array.from({ length: pairs }, (_, i) => i + 1),
  };
  if (n < 3) return leftToRight;
  const live = createLiveTree(problem, { model, leaves: n });
  try {
    live.load(leftToRight);
    live.optimise();
    return live.snapshot();
  } finally {
    live.release();
  }
}
