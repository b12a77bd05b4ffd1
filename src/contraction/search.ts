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
const firstPasses = 64;

/** Annealing runs on the simplified network where that is at least this much smaller. */
const worthSimplifying = 0.7;

/** A start that ends so many bits above the best is not polished: that would gain a few hundredths. */
const hopeless = 1;

/** After so many starts a small network's best tree is likely optimal: part of the effort goes into a proof. */
const proofAfter = 2;
const proofShare = 0.15;

const polishLeaves = 8;

/** Yields whenever a slice of work is done (true: there is something better), and returns the best. */
export function* searchTree(problem: Problem, settings: SearchSettings): Generator<Found, Found> {
  const { effort, random, model } = settings;
  const simplified = simplify(problem);
  const small = simplified.problem.n > 8 && simplified.problem.n < worthSimplifying * problem.n;
  const arena = small ? simplified.problem : problem;
  const splice = small ? simplified.splice : (tree: Tree) => tree;
  const polishArena = createPolisher(arena, polishLeaves, model);
  const polishWhole = small ? createPolisher(problem, polishLeaves, model) : polishArena;
  let best: Found | undefined;

  function keep(live: LiveTree, algorithm: string): Found {
    const weight = liveWeight(live);
    if (!best || weight < best.weight - 1e-9) best = { tree: snapshot(live), weight, algorithm };
    return best;
  }

  /** Brings a tree over the arena to a fixed point of polishing, there and on the whole network. */
  function settle(live: LiveTree, algorithm: string): Found {
    if (best && liveWeight(live) > best.weight + hopeless) return best;
    polishArena(live, effort);
    if (!small) return keep(live, algorithm);
    const whole = liveTree(problem, splice(snapshot(live)), model);
    polishWhole(whole, effort);
    return keep(whole, algorithm);
  }

  const seed = (tree: Tree, algorithm: string) => settle(liveTree(arena, tree, model), algorithm);

  if (settings.warmStart) {
    const live = liveTree(problem, settings.warmStart, model);
    keep(live, 'given');
    polishWhole(live, effort);
    yield keep(live, 'given, polished');
  }
  yield seed(greedyTree(arena, { alpha: 1, temperature: 0 }, random), 'greedy');
  // The work of keeping fill counts up to date grows with the cube of the number of indices.
  const eliminationWork = arena.m * arena.m * wordsFor(arena.m) * 4;
  if (!effort.over() && eliminationWork < effort.left()) {
    yield seed(eliminationTree(arena, 'min-fill', random), 'min-fill');
    if (!effort.over()) yield seed(eliminationTree(arena, 'min-weight', random), 'min-weight');
  }

  const passWork = arena.n * (arena.words + 3);
  for (let start = 0; !effort.over(); start++) {
    const noise = start === 0 ? 0 : random();
    const live = liveTree(
      arena,
      greedyTree(arena, { alpha: 0.3 + random(), temperature: noise }, random),
      model,
    );
    const passes = start === 0 ? firstPasses : passesFor(effort, passWork);
    for (let level = 0; level < levels && !effort.over(); level++) {
      const count = Math.ceil((passes * (level + 1)) / levels) - Math.ceil((passes * level) / levels);
      sweep(live, level, count, random);
      effort.did(count * passWork);
      yield best as Found;
    }
    yield settle(live, 'annealing');
    if (start === proofAfter && problem.n <= mostTensors) {
      const { weight, algorithm } = best as Found;
      const proof = provenTree(problem, weight, model, effort, proofShare);
      if (proof === 'optimal') return { ...(best as Found), algorithm: `${algorithm}, proven optimal` };
      if (proof) return keep(liveTree(problem, proof, model), 'exact');
    }
  }

  return best as unknown as Found;
}

/** An even share of the effort; the last start takes what would be too short for another. */
function passesFor(effort: Effort, passWork: number): number {
  const share = effort.total() * startShare;
  const left = effort.left();
  const work = left < 1.5 * share ? left : share;
  return Math.min(mostPasses, Math.max(fewestPasses, Math.floor(work / passWork)));
}
