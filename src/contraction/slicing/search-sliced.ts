/**
 * Slicing under a memory limit: some labels are looped over from outside, so that every tensor of one
 * slice fits. Labels are chosen one at a time, each where the total cost grows least, and the tree is
 * re-optimised after each (cotengra's slice-and-reconfigure); then a full search runs on the sliced
 * network, and labels that have become needless are given back.
 */

import { forEachBit, wordWeight } from '../bits.ts';
import type { Network, PathResult } from '../network.ts';
import type { CostModel } from '../pricing/cost-model.ts';
import { leastPeak } from '../pricing/least-peak.ts';
import { cutAt, priceTree } from '../pricing/price-path.ts';
import { type Problem, problemOf } from '../problem.ts';
import { createEffort, type Effort, portion } from '../search/effort.ts';
import { createLiveTree, levels } from '../search/live-tree.ts';
import { type SolveSettings, solveTree } from '../search/solve-tree.ts';
import { createRandom, type Random } from '../search/xoshiro.ts';
import { legsOf, type Tree, treeWeight } from '../tree.ts';

export interface MemoryLimit {
  /** No tensor made on the way may have more elements. */
  readonly maxIntermediate?: number;
  /** No more elements may be alive at once: see peakElements. */
  readonly maxPeak?: number;
}

/** Re-optimising after a cut starts in the cooler part of the annealing schedule, with few passes a level. */
const warmLevel = levels >> 1;
const warmPasses = 2;

/** What an attempt, or a cut, takes in any case, in the unit of Effort. */
const attemptWork = 2e4;

/** How much chance enters the choice of labels after the first attempts, in bits of cost for a bit of memory. */
const noise = 0.15;

/**
 * Yields log2 of the cost of the best so far. Where not even slices of single elements fit (inputs and
 * output are given), the result is the smallest found: its figures tell.
 */
export function* searchSliced(
  network: Network,
  settings: SolveSettings,
  limit: MemoryLimit,
): Generator<number, PathResult> {
  const { limits, model } = settings;
  const random = createRandom(settings.seed);
  const tight = { ...model, limit: roomFor(network, limit) };
  const problem = problemOf(network);
  const candidate = (tree: Tree, sliced: readonly number[], algorithm: string): Candidate => {
    const ordered = leastPeak(problemOf(cutAt(network, sliced)), tree);
    return { tree: ordered, result: priceTree(network, ordered, algorithm, sliced) };
  };

  const base = yield* solveTree(problem, { ...settings, limits: portion(limits, 0.2, 0.2) });
  let best = candidate(base.tree, [], base.algorithm);
  if (fits(best.result, limit)) return best.result;
  const offer = (tree: Tree, sliced: readonly number[], algorithm: string): boolean => {
    const other = candidate(tree, sliced, algorithm);
    if (isBetter(other.result, best.result, limit)) best = other;
    return fits(other.result, limit);
  };

  const narrow = yield* solveTree(problem, { ...settings, model: tight, limits: portion(limits, 0.1, 0.12) });
  offer(narrow.tree, [], narrow.algorithm);

  const effort = createEffort(portion(limits, 0.4, 0.55));
  for (let attempt = 0; attempt < 2 || !effort.over(); attempt++) {
    effort.did(attemptWork);
    const cut = cutDown(network, attempt % 2 === 0 ? base.tree : narrow.tree, {
      fits: (tree, sliced) => offer(tree, sliced, 'slicing'),
      model: attempt % 4 < 2 ? model : tight,
      noise: attempt < 4 ? 0 : noise,
      effort,
      random,
    });
    for (const _ of cut) yield Math.log2(best.result.flops);
  }

  const { sliced } = best.result;
  const rest = { ...settings, model: tight, limits: portion(limits, 0.3, 1), warmStart: best.tree };
  const refined = yield* solveTree(problemOf(cutAt(network, sliced)), rest);
  offer(refined.tree, sliced, 'slicing');
  for (const label of sliced) {
    const fewer = best.result.sliced.filter((other) => other !== label);
    const live = createLiveTree(problemOf(cutAt(network, fewer)), { model: tight });
    live.load(best.tree);
    live.refine(effort);
    offer(live.snapshot(), fewer, 'slicing');
    live.release();
  }
  return best.result;
}

interface Candidate {
  readonly tree: Tree;
  readonly result: PathResult;
}

/** The largest tensor there may be. Of elements alive at once, a pair and its result are about half. */
function roomFor(network: Network, { maxIntermediate, maxPeak }: MemoryLimit): number {
  const output = [...new Set(network.output)].reduce((p, label) => p * (network.sizes[label] as number), 1);
  const alive = maxPeak === undefined ? Number.POSITIVE_INFINITY : Math.max(1, (maxPeak - output) / 2);
  return Math.min(maxIntermediate ?? Number.POSITIVE_INFINITY, alive);
}

function fits(result: PathResult, { maxIntermediate, maxPeak }: MemoryLimit): boolean {
  return (
    result.largestIntermediate <= (maxIntermediate ?? Number.POSITIVE_INFINITY) &&
    result.peakElements <= (maxPeak ?? Number.POSITIVE_INFINITY)
  );
}

function isBetter(a: PathResult, b: PathResult, limit: MemoryLimit): boolean {
  const [fitsA, fitsB] = [fits(a, limit), fits(b, limit)];
  if (fitsA !== fitsB) return fitsA;
  return fitsA ? a.flops < b.flops : a.peakElements < b.peakElements;
}

interface CutSettings {
  /** Also where the caller takes note of what was found. */
  readonly fits: (tree: Tree, sliced: readonly number[]) => boolean;
  readonly model: CostModel;
  readonly noise: number;
  readonly effort: Effort;
  readonly random: Random;
}

/** Slices label after label until the tree fits or nothing is left to cut; yields after each. */
function* cutDown(network: Network, start: Tree, settings: CutSettings): Generator<void> {
  const { model, effort, random } = settings;
  const sliced: number[] = [];
  let tree = start;
  for (;;) {
    const problem = problemOf(cutAt(network, sliced));
    if (sliced.length > 0) {
      const live = createLiveTree(problem, { model, seed: random() * 2 ** 32 });
      live.load(tree);
      for (let level = warmLevel; level < levels; level++) live.sweep(level, warmPasses);
      effort.did(attemptWork + (levels - warmLevel) * warmPasses * problem.n * problem.words);
      live.refine(effort);
      tree = live.snapshot();
      live.release();
    }
    yield;
    if (settings.fits(tree, sliced)) return;
    const label = labelToSlice(network, problem, tree, settings.noise, random);
    if (label === undefined) return;
    sliced.push(label);
  }
}

/**
 * Of the labels on the largest intermediate, the one whose slicing costs least for the memory it saves.
 * A pair that carries the label is cut by it, one that does not is repeated for each of its values.
 */
function labelToSlice(
  network: Network,
  problem: Problem,
  tree: Tree,
  noise: number,
  random: Random,
): number | undefined {
  const { n, m, words, table } = problem;
  const sets = legsOf(problem, tree);
  const union = new Int32Array(words);
  const carrying = new Float64Array(m);
  const scale = treeWeight(problem, tree);
  let total = 0;
  let largest = -1;
  let most = 0;
  for (let v = n; v < 2 * n - 1; v++) {
    const l = (tree.left[v - n] as number) * words;
    const r = (tree.right[v - n] as number) * words;
    let size = 0;
    let cost = 0;
    for (let w = 0; w < words; w++) {
      union[w] = (sets[l + w] as number) | (sets[r + w] as number);
      cost += wordWeight(table, w, union[w] as number);
      size += wordWeight(table, w, sets[v * words + w] as number);
    }
    const part = 2 ** (cost - scale);
    total += part;
    forEachBit(union, 0, words, (i) => {
      (carrying[i] as number) += part;
    });
    if (size > most) {
      most = size;
      largest = v;
    }
  }
  let chosen: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  if (largest < 0) return undefined;
  forEachBit(sets, largest * words, words, (i) => {
    for (const label of problem.labels[i] as readonly number[]) {
      const size = network.sizes[label] as number;
      const inside = carrying[i] as number;
      const growth = Math.log2((size * (total - inside) + inside) / total) / Math.log2(size);
      const score = growth + noise * random();
      if (score < least) {
        least = score;
        chosen = label;
      }
    }
  });
  return chosen;
}
