/**
 * The search for large connected networks: a few constructive trees; then annealing from fresh starts, and of
 * the best again, as long as the effort lasts. Each result is refined, and recombined with all before it. A
 * generator, so that a host can look at its messages, show the best so far, or stop, between any two slices
 * of work.
 *
 * The constants below were chosen by trials on published networks (lattices, circuits, random regular graphs,
 * inference problems) for searches from 0.1 s to some seconds. `npm run bench:einsum` shows log10 of the
 * operations that a fixed effort finds for each of its networks, `tensorloom path NETWORK --time S` for one:
 * change them when these get better over all.
 */
import { wordsFor } from '../bits.ts';
import type { CostModel } from '../pricing/cost-model.ts';
import type { Problem } from '../problem.ts';
import type { Tree } from '../tree.ts';
import { dissectionTree, dissectionWork } from './dissect.ts';
import type { Effort } from './effort.ts';
import { eliminationTree } from './eliminate.ts';
import { greedyTree } from './greedy.ts';
import { createLiveTree, type LiveTree, levels } from './live-tree.ts';
import { mostTensors, provenTree } from './prove-optimal.ts';
import { createRecombiner } from './recombine.ts';
import { type NetworkReduction, reduceNetwork } from './reduce-network.ts';
import type { Random } from './xoshiro.ts';

export interface FoundTree {
  readonly tree: Tree;
  /** log2 of its cost. */
  readonly weight: number;
  readonly algorithm: string;
}

export interface SearchSettings {
  readonly effort: Effort;
  readonly random: Random;
  readonly model: CostModel;
  /** A tree to start from; the result never costs more. */
  readonly warmStart?: Tree;
}

/** Each fresh start gets this part of the whole effort, within bounds on the passes it makes. */
const startShare = 1 / 6;
const fewestPasses = 64;
/** Passes for each triple of the network's tensors, beyond which another start is worth more than a longer one. */
const passesPerTriple = 1e-3;

/** Annealing runs on the reduced network where that is at least this much smaller. */
const worthReducing = 0.7;

/** A start that ends so many bits above the best is not refined: that would gain a few hundredths. */
const tooFarBehind = 1;

/** Constructed trees take the longest: they come after the first starts, and only within this part of what is left. */
const seedsAfter = 1;
const seedShare = 0.1;

/** After so many starts, every second one warms up the best tree so far instead, over the whole network. */
const reheatAfter = 1;
const warmest = 10;
const coolest = 30;

/** After so many starts a small network's best tree is likely optimal: part of the effort goes into a proof. */
const proofAfter = 2;
const proofShare = 0.15;
const mostProofWork = 5e8;

const refinedLeaves = 8;

/** Differences of weights below this are none. */
const rounding = 1e-9;

/** Yields the best so far whenever a slice of work is done. */
export function* searchTree(problem: Problem, settings: SearchSettings): Generator<FoundTree, FoundTree> {
  const { random, model } = settings;
  const reduction = reduceNetwork(problem);
  const isReduced = reduction.problem.n > 8 && reduction.problem.n < worthReducing * problem.n;
  const full = createLiveTree(problem, { model, leaves: refinedLeaves, seed: random() * 2 ** 32 });
  const reduced = isReduced
    ? createLiveTree(reduction.problem, { model, leaves: refinedLeaves, seed: random() * 2 ** 32 })
    : full;
  const trees = isReduced
    ? { full, reduced, ...reduction }
    : { full, reduced, problem, splice: (tree: Tree) => tree };
  try {
    return yield* searchOn(problem, trees, settings);
  } finally {
    full.release();
    if (isReduced) reduced.release();
  }
}

interface Trees extends NetworkReduction {
  /** Over the network. */
  readonly full: LiveTree;
  /** Over the reduced network, or the same. */
  readonly reduced: LiveTree;
}

function* searchOn(
  problem: Problem,
  { full, reduced, problem: reducedProblem, splice }: Trees,
  { effort, random, model, warmStart }: SearchSettings,
): Generator<FoundTree, FoundTree> {
  const greedy = greedyTree(reducedProblem, { alpha: 1, temperature: 0 }, random);
  full.load(splice(greedy));
  let best = foundIn(full, 'greedy');
  const recombiner = createRecombiner(problem, model, best.weight, random);

  /** Refines the tree over the whole network, and what it and the trees before it make together. */
  function improve(): void {
    full.refine(effort);
    for (let better = recombiner.add(full.snapshot()); better; better = recombiner.add(full.snapshot())) {
      full.load(better);
      full.refine(effort);
    }
  }

  function keep(algorithm: string): FoundTree {
    if (full.weight() < best.weight - rounding) best = foundIn(full, algorithm);
    return best;
  }

  /** Brings the tree over the reduced network to a fixed point of local refinement, there and on the whole network. */
  function settle(algorithm: string): FoundTree {
    if (reduced.weight() > best.weight + tooFarBehind) return best;
    if (reduced !== full) {
      reduced.refine(effort);
      full.load(splice(reduced.snapshot()));
    }
    improve();
    return keep(algorithm);
  }

  if (warmStart) {
    full.load(warmStart);
    keep('given');
    improve();
    yield keep('given');
  }
  /** Anneals what is loaded, from a level to the coldest; yields after each. */
  function* anneal(live: LiveTree, of: Problem, from: number, start: number): Generator<FoundTree> {
    const passWork = of.n * (of.words / 2 + 4);
    const passes = passesFor(effort, problem.n, passWork, start);
    const made = (level: number) => Math.ceil((passes * (level - from)) / (levels - from));
    for (let level = from; level < levels && !effort.over(); level++) {
      const count = made(level + 1) - made(level);
      live.sweep(level, count);
      effort.did(count * passWork);
      yield best;
    }
  }

  for (let start = 0; !effort.over(); start++) {
    if (start > reheatAfter && start % 2 === 0) {
      full.load(best.tree);
      const from = warmest + Math.floor((coolest - warmest) * random());
      yield* anneal(full, problem, from, start);
      improve();
      yield keep('annealing');
    } else {
      if (start === 0 || reducedProblem === problem) reduced.load(greedy);
      yield* anneal(reduced, reducedProblem, 0, start);
      yield settle('annealing');
    }
    if (start === seedsAfter) {
      reduced.load(greedy);
      yield settle('greedy');
      for (const rule of ['min-fill', 'min-weight'] as const) {
        if (effort.over() || eliminationWork(reducedProblem) > seedShare * effort.left()) break;
        reduced.load(eliminationTree(reducedProblem, rule, random));
        yield settle(rule);
      }
      if (!effort.over() && dissectionWork(reducedProblem) < seedShare * effort.left()) {
        reduced.load(dissectionTree(reducedProblem, random));
        yield settle('dissection');
      }
    }
    if (start === proofAfter && problem.n <= mostTensors) {
      const work = Math.min(effort.total() * proofShare, mostProofWork);
      const proof = provenTree(problem, best.weight, model, effort, work);
      if (proof === 'optimal') return { ...best, algorithm: `${best.algorithm}, proven optimal` };
      if (proof) {
        full.load(proof);
        return keep('exact');
      }
    }
  }
  return best;
}

/** The work of keeping fill counts up to date grows with the cube of the number of indices; then come the buckets. */
const eliminationWork = ({ n, m }: Problem): number => 24 * m * m * wordsFor(m) + 2e4 * n;

const foundIn = (live: LiveTree, algorithm: string): FoundTree => ({
  tree: live.snapshot(),
  weight: live.weight(),
  algorithm,
});

/** An even share of the effort, the first starts less; the last takes what would be too short for another. */
function passesFor(effort: Effort, n: number, passWork: number, start: number): number {
  const share = effort.total() * startShare;
  const left = effort.left();
  const passes = Math.floor((left < 1.5 * share ? left : share) / passWork);
  return Math.max(
    fewestPasses,
    Math.min(passes, Math.ceil(passesPerTriple * n ** 3), fewestPasses * 8 ** start),
  );
}
