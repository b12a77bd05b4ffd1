/**
 * A network reduced to what its price depends on. Indices of size 1 and indices on one tensor only that
 * the output does not ask for (they are summed beforehand, free) disappear; indices that run between the
 * very same tensors are fused into one. What is left is a small hypergraph as bitsets.
 */
import { byteTable, wordsFor } from './bits.ts';
import type { Network } from './network.ts';

export interface Problem {
  /** Number of tensors. */
  readonly n: number;
  /** Number of indices that matter, after fusing. */
  readonly m: number;
  /** 32-bit words of one set of indices. */
  readonly words: number;
  /** n sets: the indices on each tensor. */
  readonly legs: Int32Array;
  /** One set: the indices of the output. */
  readonly open: Int32Array;
  /** log2 of the size of each index, and the exact sizes. */
  readonly weights: Float64Array;
  readonly sizes: readonly number[];
  /** `byteTable(weights)`. */
  readonly table: Float64Array;
  /** The labels of the network that index i stands for. */
  readonly labels: readonly (readonly number[])[];
}

/** Throws `internal:` where the output asks for a label that no tensor has, or a size is not a positive number. */
export function problemOf(network: Network): Problem {
  const n = network.inputs.length;
  const holders = new Map<number, number[]>();
  network.inputs.forEach((labels, k) => {
    for (const label of labels) {
      const list = holders.get(label);
      if (!list) holders.set(label, [k]);
      else if (list[list.length - 1] !== k) list.push(k);
    }
  });
  const wanted = new Set(network.output);
  for (const label of wanted) {
    if (!holders.has(label)) throw new Error(`internal: output index ${label} is on no operand`);
  }
  const fused = new Map<string, { labels: number[]; size: number; tensors: number[]; open: boolean }>();
  for (const [label, tensors] of holders) {
    const size = network.sizes[label];
    if (size === undefined || !(size >= 1)) throw new Error(`internal: index ${label} has size ${size}`);
    const open = wanted.has(label);
    if (size === 1 || tensors.length + (open ? 1 : 0) < 2) continue;
    const key = `${open ? '>' : ''}${tensors.join()}`;
    const twin = fused.get(key);
    if (twin) {
      twin.labels.push(label);
      twin.size *= size;
    } else fused.set(key, { labels: [label], size, tensors, open });
  }
  // Neighbours of one size: the kernels then count members instead of multiplying them up.
  const indices = [...fused.values()].sort((a, b) => a.size - b.size);
  const words = wordsFor(indices.length);
  const legs = new Int32Array(n * words);
  const open = new Int32Array(words);
  indices.forEach((index, i) => {
    const bit = 1 << (i & 31);
    for (const k of index.tensors) (legs[k * words + (i >> 5)] as number) |= bit;
    if (index.open) (open[i >> 5] as number) |= bit;
  });
  const sizes = indices.map((index) => index.size);
  const weights = Float64Array.from(sizes, Math.log2);
  return {
    n,
    m: indices.length,
    words,
    legs,
    open,
    weights,
    sizes,
    table: byteTable(weights, words),
    labels: indices.map((index) => index.labels),
  };
}
