/**
 * The search for large connected networks: a few constructive trees; then annealing from fresh starts, and of
 * the best again, as long as the effort lasts. Each result is polished, and recombined with all before it. A
 * generator, so that a host can look at its messages, show the best so far, or stop, between any two slices
 * of work.
 */
import { wordsFor } from './bits.ts';
import { mostTensors, provenTree } from './connected.ts';
import type { CostModel } from './cost-model.ts';
import { dissectionTree, dissectionWork } from './dissect.ts';
import type { Effort } from './effort.ts';
import { eliminationTree } from './eliminate.ts';
import { greedyTree } from './greedy.ts';
import { createLiveTree, type LiveTree, levels } from './live-tree.ts';
import type { Problem } from './problem.ts';
import type { Random } from './random.ts';
import { createRecombiner } from './recombine.ts';
import { type Simplified, simplify } from './simplify.ts';
import type { Tree } from './tree.ts';

export interface Found {
  readonly tree: Tree;
  /** log2 of its cost. */
  readonly weight: number;
  readonly algorithm: string;
}

export interface SearchSettings {
  readonly effort: Effort;
  readonly random: Random;
  readonly model: CostModel;
  /** A tree to start from, and never to fall behind. */
  readonly warmStart?: Tree;
}

/** Each fresh start gets this part of the whole effort, within bounds on the passes it makes. */
const startShare = 1 / 6;
const fewestPasses = 64;
/** Passes for each triple of the network's tensors, beyond which another start is worth more than a longer one. */
const mostPasses = 1e-3;

/** Annealing runs on the simplified network where that is at least this much smaller. */
const worthSimplifying = 0.7;

/** A start that ends so many bits above the best is not polished: that would gain a few hundredths. */
const hopeless = 1;

/** Constructed trees come after the first starts, because they take the longest; and only where there is time. */
const seedsAfter = 1;
const seedShare = 0.1;

/** After so many starts, every second one warms up the best tree so far instead, with nothing simplified. */
const reheatAfter = 1;
const warmest = 10;
const coolest = 30;

/** After so many starts a small network's best tree is likely optimal: part of the effort goes into a proof. */
const proofAfter = 2;
const proofShare = 0.15;
const mostProofWork = 5e8;

const polishLeaves = 8;

/** Differences of weights below this are none. */
const rounding = 1e-9;

/** Yields the best so far whenever a slice of work is done. */
export function* searchTree(problem: Problem, settings: SearchSettings): Generator<Found, Found> {
  const { random, model } = settings;
  const simplified = simplify(problem);
  const small = simplified.problem.n > 8 && simplified.problem.n < worthSimplifying * problem.n;
  const whole = createLiveTree(problem, { model, leaves: polishLeaves, seed: random() * 2 ** 32 });
  const arena = small
    ? createLiveTree(simplified.problem, { model, leaves: polishLeaves, seed: random() * 2 ** 32 })
    : whole;
  const trees = small
    ? { whole, arena, ...simplified }
    : { whole, arena, problem, splice: (tree: Tree) => tree };
  try {
    return yield* searchOn(problem, trees, settings);
  } finally {
    whole.release();
    if (small) arena.release();
  }
}

interface Trees extends Simplified {
  /** Over the network. */
  readonly whole: LiveTree;
  /** Over the simplified network, or the same. */
  readonly arena: LiveTree;
}

function* searchOn(
  problem: Problem,
  { whole, arena, problem: inner, splice }: Trees,
  { effort, random, model, warmStart }: SearchSettings,
): Generator<Found, Found> {
  const greedy = greedyTree(inner, { alpha: 1, temperature: 0 }, random);
  whole.load(splice(greedy));
  let best = foundIn(whole, 'greedy');
  const recombiner = createRecombiner(problem, model, best.weight, random);

  /** Polishes the tree over the whole network, and what it and the trees before it make together. */
  function refine(): void {
    whole.polish(effort);
    for (let better = recombiner.add(whole.snapshot()); better; better = recombiner.add(whole.snapshot())) {
      whole.load(better);
      whole.polish(effort);
    }
  }

  function keep(algorithm: string): Found {
    if (whole.weight() < best.weight - rounding) best = foundIn(whole, algorithm);
    return best;
  }

  /** Brings the tree over the arena to a fixed point of polishing, there and on the whole network. */
  function settle(algorithm: string): Found {
    if (arena.weight() > best.weight + hopeless) return best;
    if (arena !== whole) {
      arena.polish(effort);
      whole.load(splice(arena.snapshot()));
    }
    refine();
    return keep(algorithm);
  }

  if (warmStart) {
    whole.load(warmStart);
    keep('given');
    refine();
    yield keep('given');
  }
  /** Anneals what is loaded, from a level to the coldest; yields after each. */
  function* anneal(live: LiveTree, of: Problem, from: number, start: number): Generator<Found> {
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
      whole.load(best.tree);
      const from = warmest + Math.floor((coolest - warmest) * random());
      yield* anneal(whole, problem, from, start);
      refine();
      yield keep('annealing');
    } else {
      if (start === 0 || inner === problem) arena.load(greedy);
      yield* anneal(arena, inner, 0, start);
      yield settle('annealing');
    }
    if (start === seedsAfter) {
      arena.load(greedy);
      yield settle('greedy');
      for (const rule of ['min-fill', 'min-weight'] as const) {
        if (effort.over() || eliminationWork(inner) > seedShare * effort.left()) break;
        arena.load(eliminationTree(inner, rule, random));
        yield settle(rule);
      }
      if (!effort.over() && dissectionWork(inner) < seedShare * effort.left()) {
        arena.load(dissectionTree(inner, random));
        yield settle('dissection');
      }
    }
    if (start === proofAfter && problem.n <= mostTensors) {
      const work = Math.min(effort.total() * proofShare, mostProofWork);
      const proof = provenTree(problem, best.weight, model, effort, work);
      if (proof === 'optimal') return { ...best, algorithm: `${best.algorithm}, proven optimal` };
      if (proof) {
        whole.load(proof);
        return keep('exact');
      }
    }
  }
  return best;
}

/** The work of keeping fill counts up to date grows with the cube of the number of indices; then come the buckets. */
const eliminationWork = ({ n, m }: Problem): number => 24 * m * m * wordsFor(m) + 2e4 * n;

const foundIn = (live: LiveTree, algorithm: string): Found => ({
  tree: live.snapshot(),
  weight: live.weight(),
  algorithm,
});

/** An even share of the effort, the first starts less; the last takes what would be too short for another. */
function passesFor(effort: Effort, n: number, passWork: number, start: number): number {
  const share = effort.total() * startShare;
  const left = effort.left();
  const passes = Math.floor((left < 1.5 * share ? left : share) / passWork);
  return Math.max(fewestPasses, Math.min(passes, Math.ceil(mostPasses * n ** 3), fewestPasses * 8 ** start));
}
