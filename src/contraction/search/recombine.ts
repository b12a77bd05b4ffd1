/**
 * The best of all trees that a search has seen, recombined. What contracting a set of tensors costs does not
 * depend on what happens outside of it; so of two trees that both contract a set, one may use the other's
 * sub-tree. Of each set that was ever the leaves of a sub-tree, the cheapest split is kept: dynamic programming
 * over those few sets, where the exact method (prove-optimal.ts) goes through all there are.
 */
import { type CostModel, stepCost } from '../pricing/cost-model.ts';
import type { Problem } from '../problem.ts';
import { legsOf, pairWeights, renumber, type Tree } from '../tree.ts';
import type { Random } from './xoshiro.ts';

export interface Recombiner {
  /** Learns the sub-trees of a tree; gives a cheaper tree, if those of others make one of it. */
  add(tree: Tree): Tree | undefined;
}

/** So many sets are known before all are forgotten. */
const mostSets = 2 ** 17;

/** Savings below this part are rounding errors. */
const saving = 1e-9;

/** Costs are kept in multiples of 2^unit, so that those of large trees stay finite. */
export function createRecombiner(
  problem: Problem,
  model: CostModel,
  unit: number,
  random: Random,
): Recombiner {
  const { n } = problem;
  const word = () => BigInt(Math.floor(random() * 2 ** 32));
  // A set's name is the exclusive or of its tensors': 96 random bits, so that no two sets share one.
  const tensorNames = Array.from({ length: n }, () => (word() << 64n) | (word() << 32n) | word());
  /** Sets are numbered as they come, the single tensors first. */
  let numbers = new Map<bigint, number>();
  let cost: number[] = [];
  let left: number[] = [];
  let right: number[] = [];

  function forget(): void {
    numbers = new Map(tensorNames.map((name, k) => [name, k]));
    cost = new Array<number>(n).fill(0);
    left = new Array<number>(n).fill(0);
    right = left.slice();
  }
  forget();

  return {
    add(tree) {
      if (cost.length > mostSets) forget();
      const sets = legsOf(problem, tree);
      const names = tensorNames.slice();
      const places = names.map((_, k) => k);
      let total = 0;
      let own = 0;
      for (let i = 0; i < n - 1; i++) {
        const [l, r] = [tree.left[i] as number, tree.right[i] as number];
        const [flops, made, products] = pairWeights(problem, sets, l, r, n + i);
        const step = stepCost(
          model,
          2 ** (flops - unit),
          2 ** (made - unit),
          2 ** (products - unit),
          2 ** unit,
        );
        const [a, b] = [places[l] as number, places[r] as number];
        const name = (names[l] as bigint) ^ (names[r] as bigint);
        const at = numbers.get(name) ?? cost.length;
        total = (cost[a] as number) + (cost[b] as number) + step;
        own += step;
        if (!(total >= (cost[at] ?? Number.POSITIVE_INFINITY) * (1 - saving))) {
          numbers.set(name, at);
          [cost[at], left[at], right[at]] = [total, a, b];
        }
        total = cost[at] as number;
        names.push(name);
        places.push(at);
      }
      if (!(total < own * (1 - saving))) return undefined;
      return renumber(
        n,
        places[2 * n - 2] as number,
        (v) => left[v] as number,
        (v) => right[v] as number,
      );
    },
  };
}
