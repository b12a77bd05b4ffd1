/** Random hypergraphs, and the plainest possible interpreters of a contraction: the oracles of the path tests. */
import * as fc from 'fast-check';
import type { Network, SsaPath } from '../../src/contraction/index.ts';

export interface NetworkShape {
  readonly minTensors: number;
  readonly maxTensors: number;
  readonly maxLabels: number;
  readonly maxRank: number;
  readonly maxSize: number;
}

/** Repeated labels on a tensor, hyper-indices, batch indices, scalars, sizes of 1 and separate parts all occur. */
export const networks = (shape: NetworkShape): fc.Arbitrary<Network> =>
  fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: shape.maxSize }), {
        minLength: 1,
        maxLength: shape.maxLabels,
      }),
      seeds: fc.array(fc.array(fc.nat(997), { maxLength: shape.maxRank }), {
        minLength: shape.minTensors,
        maxLength: shape.maxTensors,
      }),
      wanted: fc.array(fc.nat(997), { maxLength: 3 }),
    })
    .map(({ sizes, seeds, wanted }) => {
      const inputs = seeds.map((tensor) => tensor.map((x) => x % sizes.length));
      const present = [...new Set(inputs.flat())];
      const output =
        present.length === 0 ? [] : [...new Set(wanted.map((x) => present[x % present.length] as number))];
      return { inputs, output, sizes };
    });

export interface Tensor {
  readonly labels: readonly number[];
  readonly data: Float64Array;
}

const product = (labels: readonly number[], sizes: readonly number[]): number =>
  labels.reduce((p, l) => p * (sizes[l] as number), 1);

/** Tensors with entries in [−1, 1) that depend on nothing but their position. */
export const fill = (network: Network): Tensor[] =>
  network.inputs.map((labels, k) => ({
    labels,
    data: Float64Array.from({ length: product(labels, network.sizes) }, (_, i) => {
      const x = Math.sin(12.9898 * (i + 1) + 78.233 * (k + 1)) * 43758.5453;
      return 2 * (x - Math.floor(x)) - 1;
    }),
  }));

/** One loop over every combination of all labels: the definition of a contraction. */
export function contractAll(
  tensors: readonly Tensor[],
  output: readonly number[],
  sizes: readonly number[],
): Tensor {
  const loop = [...new Set([...output, ...tensors.flatMap((t) => t.labels)])];
  const data = new Float64Array(product(output, sizes));
  const at = new Map<number, number>();
  const offset = (labels: readonly number[]) =>
    labels.reduce((o, l) => o * (sizes[l] as number) + (at.get(l) as number), 0);
  const total = product(loop, sizes);
  for (let flat = 0; flat < total; flat++) {
    let rest = flat;
    for (let d = loop.length - 1; d >= 0; d--) {
      const size = sizes[loop[d] as number] as number;
      at.set(loop[d] as number, rest % size);
      rest = Math.floor(rest / size);
    }
    let value = 1;
    for (const t of tensors) value *= t.data[offset(t.labels)] as number;
    (data[offset(output)] as number) += value;
  }
  return { labels: output, data };
}

export interface Execution {
  readonly value: Tensor;
  /** Multiply-adds, elements of the largest result and most elements alive, counted while running. */
  readonly flops: number;
  readonly largest: number;
  readonly peak: number;
}

/** Runs a path pair by pair; what nobody else needs is summed as soon as it can be. */
export function execute(network: Network, path: SsaPath, inputs = fill(network)): Execution {
  const { sizes, output } = network;
  const holders = (label: number, alive: readonly Tensor[]) => alive.some((t) => t.labels.includes(label));
  const slots: (Tensor | undefined)[] = inputs.map((t, k) => {
    const others = inputs.filter((_, j) => j !== k);
    const kept = [...new Set(t.labels)].filter((l) => output.includes(l) || holders(l, others));
    return contractAll([t], kept, sizes);
  });
  let flops = 0;
  let largest = 0;
  let peak = 0;
  path.forEach(([a, b]) => {
    const pair = [slots[a] as Tensor, slots[b] as Tensor];
    slots[a] = undefined;
    slots[b] = undefined;
    const rest = slots.filter((t) => t !== undefined);
    const union = [...new Set(pair.flatMap((t) => t.labels))];
    const made = contractAll(
      pair,
      union.filter((l) => output.includes(l) || holders(l, rest)),
      sizes,
    );
    flops += product(union, sizes);
    largest = Math.max(largest, made.data.length);
    const n = network.inputs.length;
    const elements = (t: Tensor | undefined) => t?.data.length ?? 0;
    const freed = (a >= n ? elements(pair[0]) : 0) + (b >= n ? elements(pair[1]) : 0);
    const others = slots.slice(n).reduce((sum, t) => sum + elements(t), 0);
    peak = Math.max(peak, others + freed + made.data.length);
    slots.push(made);
  });
  const last = slots.findLast((t) => t !== undefined);
  return { value: contractAll(last ? [last] : [], output, sizes), flops, largest, peak };
}

/** Every full binary tree over n tensors, as paths; (2n − 3)!! of them. */
export function* everyPath(n: number): Generator<SsaPath> {
  function* go(alive: readonly number[], path: SsaPath): Generator<SsaPath> {
    if (alive.length < 2) yield path;
    for (let i = 0; i < alive.length; i++) {
      for (let j = 0; j < i; j++) {
        const rest = alive.filter((_, k) => k !== i && k !== j);
        yield* go([...rest, n + path.length], [...path, [alive[j] as number, alive[i] as number]]);
      }
    }
  }
  yield* go(
    Array.from({ length: n }, (_, k) => k),
    [],
  );
}

/** Runs a sliced path: once for every combination of the sliced labels' values, the results put together. */
export function executeSliced(network: Network, path: SsaPath, sliced: readonly number[]): Execution {
  const tensors = fill(network);
  const cut = { ...network, sizes: network.sizes.map((size, l) => (sliced.includes(l) ? 1 : size)) };
  const value = new Float64Array(product(network.output, network.sizes));
  const total = { flops: 0, largest: 0, peak: 0 };
  const slices = product(sliced, network.sizes);
  for (let slice = 0; slice < slices; slice++) {
    const at = new Map<number, number>();
    let rest = slice;
    for (const label of sliced) {
      at.set(label, rest % (network.sizes[label] as number));
      rest = Math.floor(rest / (network.sizes[label] as number));
    }
    const part = execute(
      cut,
      path,
      tensors.map((t) => pick(t, network.sizes, at)),
    );
    addAt(value, part.value, network, at);
    total.flops += part.flops;
    total.largest = Math.max(total.largest, part.largest);
    total.peak = Math.max(total.peak, part.peak + (slices > 1 ? value.length : 0));
  }
  return { value: { labels: network.output, data: value }, ...total };
}

/** Every position of a tensor, as the values of its labels; a label that repeats has one value. */
function* positions(labels: readonly number[], sizes: readonly number[]): Generator<readonly number[]> {
  const total = product(labels, sizes);
  for (let flat = 0; flat < total; flat++) {
    const values = new Array<number>(labels.length);
    let rest = flat;
    for (let d = labels.length - 1; d >= 0; d--) {
      const size = sizes[labels[d] as number] as number;
      values[d] = rest % size;
      rest = Math.floor(rest / size);
    }
    yield values;
  }
}

/** The part of a tensor where the given labels have the given values; these axes keep a size of 1. */
function pick(tensor: Tensor, sizes: readonly number[], at: ReadonlyMap<number, number>): Tensor {
  const kept: number[] = [];
  let flat = 0;
  for (const values of positions(tensor.labels, sizes)) {
    if (tensor.labels.every((l, d) => (at.get(l) ?? values[d]) === values[d])) {
      kept.push(tensor.data[flat] as number);
    }
    flat++;
  }
  return { labels: tensor.labels, data: Float64Array.from(kept) };
}

/** Adds a slice of the output where it belongs. */
function addAt(
  whole: Float64Array,
  part: Tensor,
  { output, sizes }: Network,
  at: ReadonlyMap<number, number>,
) {
  let from = 0;
  let flat = 0;
  for (const values of positions(output, sizes)) {
    if (output.every((l, d) => (at.get(l) ?? values[d]) === values[d])) {
      (whole[flat] as number) += part.data[from++] as number;
    }
    flat++;
  }
}
