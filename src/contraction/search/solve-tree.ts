/** One tree for one problem: its parts apart, each by the method that fits it. */

import { type CostModel, countsOperations } from '../pricing/cost-model.ts';
import type { Problem } from '../problem.ts';
import { type Tree, treeWeight } from '../tree.ts';
import { chainTree } from './chain.ts';
import { componentsOf, joinComponents, whole } from './components.ts';
import { createEffort, type EffortLimits, portion } from './effort.ts';
import { exactTree } from './exact.ts';
import { type FoundTree, type SearchSettings, searchTree } from './search-tree.ts';
import { createRandom } from './xoshiro.ts';

export interface SolveSettings {
  readonly limits: EffortLimits;
  readonly seed: number;
  readonly model: CostModel;
  /** The result is never more expensive than this. */
  readonly warmStart?: Tree;
}

/** Up to so many tensors every tree is looked at. */
export const smallEnough = 12;

/** Yields the weight of the best tree of the part in work between slices of it. */
export function* solveTree(problem: Problem, settings: SolveSettings): Generator<number, FoundTree> {
  const { limits, seed, model, warmStart } = settings;
  const parts = problem.n <= smallEnough ? whole(problem) : componentsOf(problem);
  const found: FoundTree[] = [];
  let waiting = problem.n;
  for (const part of parts) {
    const { n } = part.problem;
    const effort = createEffort(portion(limits, n / problem.n, n / waiting));
    waiting -= n;
    const start = parts.length === 1 ? warmStart : undefined;
    found.push(
      yield* solvePart(part.problem, { effort, random: createRandom(seed), model, warmStart: start }),
    );
  }
  const trees = found.map((f) => f.tree);
  const algorithm = [...new Set(found.map((f) => f.algorithm))].join(', ') || 'exact';
  const joined = priced(problem, joinComponents(problem.n, parts, trees), model, algorithm);
  const given = warmStart && priced(problem, warmStart, model, 'given');
  return given && given.weight < joined.weight - 1e-9 ? given : joined;
}

function priced(problem: Problem, tree: Tree, model: CostModel, algorithm: string): FoundTree {
  return { tree, weight: treeWeight(problem, tree, model), algorithm };
}

function* solvePart(problem: Problem, settings: SearchSettings): Generator<number, FoundTree> {
  const { model } = settings;
  if (problem.n <= smallEnough) return priced(problem, exactTree(problem, model), model, 'exact');
  const chain = countsOperations(model) ? chainTree(problem) : undefined;
  if (chain) return priced(problem, chain, model, 'chain');
  const search = searchTree(problem, settings);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
    yield step.value.weight;
  }
}
