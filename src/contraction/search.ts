/**
 * The search for large connected networks: a few constructive trees, polished; then annealing from fresh
 * starts, each polished, as long as the effort lasts. A generator, so that a host can look at its messages,
 * show the best so far, or stop, between any two slices of work.
 */
import { levels, sweep } from './anneal.ts';
import { wordsFor } from './bits.ts';
import { mostTensors, provenTree } from './connected.ts';
import type { CostModel } from './cost-model.ts';
import type { Effort } from './effort.ts';
import { eliminationTree } from './eliminate.ts';
import { greedyTree } from './greedy.ts';
import { type LiveTree, liveTree, liveWeight, snapshot } from './live-tree.ts';
import { createPolisher } from './polish.ts';
import type { Problem } from './problem.ts';
import type { Random } from './random.ts';
import { simplify } from './simplify.ts';
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
const startShare = 1 / 7;
const fewestPasses = 64;
const mostPasses = 20_000;

/** Annealing runs on the simplified network where that is at least this much smaller. */
const worthSimplifying = 0.7;

/** A start that ends so many bits above the best is not polished: that would gain a few hundredths. */
const hopeless = 1;

/** Constructed trees are polished after the first starts: in a cold process that takes the longest. */
const seedsAfter = 1;

/** After so many starts a small network's best tree is likely optimal: part of the effort goes into a proof. */
const proofAfter = 2;
const proofShare = 0.15;
const mostProofWork = 1e8;

const polishLeaves = 8;

/** Differences of weights below this are none. */
const rounding = 1e-9;

/** Yields the best so far whenever a slice of work is done. */
export function* searchTree(problem: Problem, settings: SearchSettings): Generator<Found, Found> {
  const { effort, random, model } = settings;
  const simplified = simplify(problem);
  const small = simplified.problem.n > 8 && simplified.problem.n < worthSimplifying * problem.n;
  const arena = small ? simplified.problem : problem;
  const splice = small ? simplified.splice : (tree: Tree) => tree;
  const polishArena = createPolisher(arena, polishLeaves, model);
  const polishWhole = small ? createPolisher(problem, polishLeaves, model) : polishArena;
  const greedy = greedyTree(arena, { alpha: 1, temperature: 0 }, random);
  let best = foundIn(liveTree(problem, splice(greedy), model), 'greedy');

  function keep(live: LiveTree, algorithm: string): Found {
    const found = foundIn(live, algorithm);
    if (found.weight < best.weight - rounding) best = found;
    return best;
  }

  /** Brings a tree over the arena to a fixed point of polishing, there and on the whole network. */
  function settle(live: LiveTree, algorithm: string): Found {
    if (liveWeight(live) > best.weight + hopeless) return best;
    polishArena(live, effort);
    if (!small) return keep(live, algorithm);
    const whole = liveTree(problem, splice(snapshot(live)), model);
    polishWhole(whole, effort);
    return keep(whole, algorithm);
  }

  if (settings.warmStart) {
    const live = liveTree(problem, settings.warmStart, model);
    keep(live, 'given');
    polishWhole(live, effort);
    yield keep(live, 'given');
  }
  const passWork = arena.n * (arena.words + 3);
  for (let start = 0; !effort.over(); start++) {
    const noise = { alpha: 0.3 + random(), temperature: random() };
    const live = liveTree(arena, start === 0 ? greedy : greedyTree(arena, noise, random), model);
    const passes = passesFor(effort, passWork, start);
    for (let level = 0; level < levels && !effort.over(); level++) {
      const count = Math.ceil((passes * (level + 1)) / levels) - Math.ceil((passes * level) / levels);
      sweep(live, level, count, random);
      effort.did(count * passWork);
      yield best;
    }
    yield settle(live, 'annealing');
    if (start === seedsAfter) {
      yield settle(liveTree(arena, greedy, model), 'greedy');
      for (const rule of ['min-fill', 'min-weight'] as const) {
        if (effort.over() || eliminationWork(arena) > effort.left()) break;
        yield settle(liveTree(arena, eliminationTree(arena, rule, random), model), rule);
      }
    }
    if (start === proofAfter && problem.n <= mostTensors) {
      const work = Math.min(effort.total() * proofShare, mostProofWork);
      const proof = provenTree(problem, best.weight, model, effort, work);
      if (proof === 'optimal') return { ...best, algorithm: `${best.algorithm}, proven optimal` };
      if (proof) return keep(liveTree(problem, proof, model), 'exact');
    }
  }
  return best;
}

/** The work of keeping fill counts up to date grows with the cube of the number of indices. */
const eliminationWork = ({ m }: Problem): number => m * m * wordsFor(m) * 4;

const foundIn = (live: LiveTree, algorithm: string): Found => ({
  tree: snapshot(live),
  weight: liveWeight(live),
  algorithm,
});

/** An even share of the effort, the first starts less; the last takes what would be too short for another. */
function passesFor(effort: Effort, passWork: number, start: number): number {
  const share = effort.total() * startShare;
  const left = effort.left();
  const passes = Math.floor((left < 1.5 * share ? left : share) / passWork);
  return Math.max(fewestPasses, Math.min(passes, mostPasses, fewestPasses * 8 ** start));
}
