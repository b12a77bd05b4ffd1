/** What a path costs: multiply-adds, the largest tensor on the way, and the most elements alive at once. */
import { forEachBit } from '../bits.ts';
import type { Network, PathResult, SsaPath } from '../network.ts';
import { problemOf } from '../problem.ts';
import { legsOf, pathOf, type Tree, treeOf } from '../tree.ts';

/** Exact while the figures stay below 2⁵³; Infinity beyond 10³⁰⁸. Throws `internal:` on a malformed path. */
export function pricePath(
  network: Network,
  path: SsaPath,
  algorithm = 'given',
  sliced: readonly number[] = [],
): PathResult {
  return priceTree(network, treeOf(network.inputs.length, path), algorithm, sliced);
}

export function priceTree(
  network: Network,
  tree: Tree,
  algorithm: string,
  sliced: readonly number[] = [],
): PathResult {
  const problem = problemOf(cutAt(network, sliced));
  const { n, words, sizes } = problem;
  const sets = legsOf(problem, tree);
  const pair = new Int32Array(words);
  const elements = new Float64Array(Math.max(1, 2 * n - 1));
  const count = (set: Int32Array, at: number): number => {
    let product = 1;
    forEachBit(set, at, words, (i) => {
      product *= sizes[i] as number;
    });
    return product;
  };
  let flops = 0;
  let largest = 0;
  let alive = 0;
  let peak = 0;
  for (let v = n; v < 2 * n - 1; v++) {
    const l = tree.left[v - n] as number;
    const r = tree.right[v - n] as number;
    for (let w = 0; w < words; w++)
      pair[w] = (sets[l * words + w] as number) | (sets[r * words + w] as number);
    flops += count(pair, 0);
    const made = count(sets, v * words);
    elements[v] = made;
    largest = Math.max(largest, made);
    alive += made;
    peak = Math.max(peak, alive);
    // The elements of inputs stay 0: they are not ours to free.
    alive -= (elements[l] as number) + (elements[r] as number);
  }
  const slices = product(network, sliced);
  return {
    path: pathOf(tree),
    flops: flops * slices,
    naiveFlops: product(network, network.inputs.flat()),
    largestIntermediate: largest,
    peakElements: slices > 1 ? peak + product(network, network.output) : peak,
    algorithm,
    sliced,
    slices,
  };
}

/** The network of one slice: the sliced labels have one value each. */
export function cutAt(network: Network, sliced: readonly number[]): Network {
  if (sliced.length === 0) return network;
  return { ...network, sizes: network.sizes.map((size, label) => (sliced.includes(label) ? 1 : size)) };
}

function product({ sizes }: Network, labels: readonly number[]): number {
  return [...new Set(labels)].reduce((p, label) => p * (sizes[label] as number), 1);
}
