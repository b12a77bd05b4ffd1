/**
 * A contraction tree that is being changed: annealed by rotations, refined in small sub-trees. It lives in
 * the memory of the kernels, which edit it in place; what goes in and comes out is a plain Tree.
 */
import { byteProducts } from '../bits.ts';
import { operationsOnly } from '../pricing/cost-model.ts';
import type { Problem } from '../problem.ts';
import { legsOf, renumber, type Tree, treeWeight } from '../tree.ts';
import type { Effort } from './effort.ts';
import { borrowKernels, type Kernels, type Places, returnKernels } from './tree-kernels.ts';
import { createRandom } from './xoshiro.ts';

export interface LiveTree {
  /** Replaces the tree. Of one problem, any number of trees can be worked on one after the other. */
  load(tree: Tree): void;
  snapshot(): Tree;
  /** log2 of the cost of the whole tree; −Infinity for none. */
  weight(): number;
  /** `count` passes of annealing at a level of 0 … levels − 1, each trying one rotation at every pair. */
  sweep(level: number, count: number): void;
  /**
   * Passes over all pairs, children first, each solving the sub-tree below for its best tree, until one
   * changes nothing or the effort is over.
   */
  refine(effort: Effort): void;
  /** Makes the tree the best there is; for no more tensors than `leaves`. */
  optimise(): void;
  /** Must be called when the tree is not needed any more; nothing else may be called after it. */
  release(): void;
}

export interface LiveSettings {
  readonly model?: typeof operationsOnly;
  /** Most leaves of a sub-tree in local refinement, at most 16. Time grows with 3^leaves, memory with 2^leaves. */
  readonly leaves?: number;
  readonly seed?: number;
}

/** From random to nearly strict descent: beta rises linearly from `hot` to `cold` in `levels` steps. */
export const levels = 64;
const hot = 0.7;
const cold = 20;

/** How many different thresholds of acceptance a temperature has. */
const thresholds = 128;

const acceptances: Float64Array[] = [];

/**
 * A move that makes its two pairs together r times more expensive is taken with probability r^−beta: the factors
 * by which the cost may rise, as quantiles of uniform^(−1/beta).
 */
function acceptance(level: number): Float64Array {
  const known = acceptances[level];
  if (known) return known;
  const beta = hot + ((cold - hot) * level) / (levels - 1);
  const table = Float64Array.from({ length: thresholds }, (_, i) => ((i + 0.5) / thresholds) ** (-1 / beta));
  acceptances[level] = table;
  return table;
}

/** Entries of the memo table: for each node, and at most. */
const memoPerNode = 32;
const mostMemo = 2 ** 16;

/** Local refinement looks at the clock after so many pairs. */
const stretch = 64;

/** What solving a sub-tree costs, in the unit of Effort: its splits, and setting them up. */
const solveWork = (leaves: number): number => 3 ** leaves / 2 + 2000;

/** Costs up to here leave room for what annealing does to them; larger ones are scaled, by what does not vanish. */
const safeScale = 400;
const largestScale = 1000;

/** Bits of a word of the kernels. */
const wordBits = 64;

/** The products for each value of each of its 8 bytes. */
const tableBytes = 8 * 256 * 8;

/** Powers of a size are tabled up to here, so that they stay finite. */
const largestPower = 2 ** 960;

export function createLiveTree(
  problem: Problem,
  { model = operationsOnly, leaves = 8, seed = 1 }: LiveSettings = {},
): LiveTree {
  const { n, words } = problem;
  const nodes = Math.max(1, 2 * n - 1);
  const kernels = borrowKernels();
  const memo = Math.min(mostMemo, 2 ** Math.ceil(Math.log2(memoPerNode * nodes)));
  const places = layOut(kernels, problem, nodes, leaves, memo);
  const { buffer } = kernels.memory;
  const left = new Int32Array(buffer, places.left, nodes);
  const right = new Int32Array(buffer, places.right, nodes);
  const cost = new Float64Array(buffer, places.cost, nodes);
  const sets = new Int32Array(buffer, places.sets, nodes * words);
  const accepted = new Float64Array(buffer, places.acceptance, thresholds);
  const random = createRandom(seed);
  const dice = () => (random() * 2 ** 32) | 1;
  let scale = 0;

  function price(to: number): void {
    // Costs that are remembered are in the old unit.
    if (to !== scale) kernels.clearMemo();
    scale = to;
    kernels.set('unit', 2 ** -scale);
    kernels.set('elementsPerUnit', 2 ** scale);
    kernels.priceAll();
  }
  function total(): number {
    let sum = 0;
    for (let v = n; v < nodes; v++) sum += cost[v] as number;
    return sum;
  }

  kernels.set('tensors', n);
  kernels.set('words', words >> 1);
  kernels.set('leaves', leaves);
  kernels.set('memoMask', memo - 1);
  kernels.clearMemo();
  kernels.set('perElement', model.perElement);
  kernels.set('perProduct', model.perProduct);
  kernels.set('perLooped', model.perLooped);
  kernels.set('elementLimit', model.limit);
  kernels.seed(dice(), dice(), dice(), dice());
  writeSizes(problem, buffer, places);

  return {
    load(tree) {
      left.set(tree.left, n);
      right.set(tree.right, n);
      sets.set(legsOf(problem, tree));
      price(0);
      if (!(total() < 2 ** safeScale)) price(Math.min(largestScale, treeWeight(problem, tree)));
    },
    snapshot: () =>
      renumber(
        n,
        2 * n - 2,
        (v) => left[v] as number,
        (v) => right[v] as number,
      ),
    weight: () => scale + Math.log2(total()),
    sweep(level, count) {
      accepted.set(acceptance(level));
      kernels.sweep(count);
    },
    refine(effort) {
      if (n < 3) return;
      for (let better = 1; better > 0; ) {
        better = 0;
        kernels.orderPairs();
        for (let from = n; from < nodes; from += stretch) {
          if (effort.over()) return;
          better += kernels.refine(from, Math.min(from + stretch, nodes));
          effort.did(kernels.solved() * solveWork(leaves));
        }
      }
    },
    optimise() {
      kernels.orderPairs();
      kernels.refine(nodes - 1, nodes);
    },
    release: () => returnKernels(kernels),
  };
}

function layOut(
  kernels: Kernels,
  { n, m, words }: Problem,
  nodes: number,
  leaves: number,
  memo: number,
): Places {
  const subsets = 2 ** leaves;
  // Patterns of which leaves carry an index that are on three or more of them.
  const hypers = Math.min(2 * subsets, m) + 1;
  const hyperBytes = Math.ceil(hypers / 8);
  return kernels.place({
    left: 4 * nodes,
    right: 4 * nodes,
    sets: 4 * nodes * words,
    cost: 8 * nodes,
    sizes: 8 * m,
    tables: 4 * (words >> 1) + (words >> 1) * tableBytes + 16,
    candidateLegs: 4 * words,
    acceptance: 8 * thresholds,
    order: 4 * nodes,
    stack: 4 * (n + 2),
    memo: 16 * memo,
    best: 16 * subsets,
    split: 4 * subsets,
    patterns: 8 * subsets,
    hyperSets: 8 * Math.ceil(hypers / 64) * (subsets + 1),
    hyperRoots: Math.max(8 * subsets, hyperBytes * 256 * 8),
    hyperSizes: 16 * (hypers + 1),
  });
}

/** The size of each index, and tables with which the kernels multiply up those of a word: see assembly/memory.ts. */
function writeSizes({ m, words, sizes }: Problem, buffer: ArrayBuffer, places: Places): void {
  new Float64Array(buffer, places.sizes, m).set(sizes);
  const count = words >> 1;
  const where = new Int32Array(buffer, places.tables, count);
  const first = Math.ceil((places.tables + 4 * count) / 8) * 8;
  // Of the words before this one, the first that shares its table.
  let run = 0;
  for (let w = 0; w < count; w++) {
    const own = sizes.slice(w * wordBits, (w + 1) * wordBits);
    const size = own[0] ?? 1;
    if (!own.every((s) => s === size)) {
      where[w] = first + w * tableBytes;
      new Float64Array(buffer, where[w], 8 * 256).set(byteProducts(own, 2));
      run = w + 1;
      continue;
    }
    if (sizes[run * wordBits] !== size || size ** ((w + 1 - run) * wordBits) > largestPower) run = w;
    const table = first + run * tableBytes;
    where[w] = table | 1;
    const powers = new Float64Array(buffer, table, (w + 1 - run) * wordBits + 1);
    for (let k = 0; k < powers.length; k++) powers[k] = size ** k;
  }
}
