/**
 * Orders of contraction for the Plan panel: found at once by a fixed effort, then looked for longer, in
 * slices between which the worker hears its messages; and followed with numbers.
 */
import { contractAlong, operandName } from '../compiler/einsum.ts';
import { findPath, type Network, type PathResult, type SsaPath, searchPath } from '../contraction/index.ts';
import type { Engine } from '../numeric/engine.ts';

/** Milliseconds of search between two looks at the messages. */
const slice = 8;

/** Sizes are whole; of more elements than this nothing is computed. */
const mostElements = 1 << 20;

export interface OrderServices {
  readonly now: () => number;
  readonly turn: () => Promise<void>;
  /** True when nobody waits for this order any more. */
  readonly overtaken: () => boolean;
  readonly found: (result: PathResult, final: boolean) => void;
}

export async function lookForOrder(
  network: Network,
  maxPeak: number | undefined,
  seconds: number,
  { now, turn, overtaken, found }: OrderServices,
): Promise<void> {
  const first = findPath(network, { maxPeak });
  found(first, false);
  const begun = now();
  const spent = () => (now() - begun) / 1000 / seconds;
  const search = searchPath(network, {
    seed: 2,
    maxPeak,
    spent,
    deadline: () => spent() >= 1 || overtaken(),
  });
  let heard = begun;
  let step = search.next();
  for (; !step.done; step = search.next()) {
    if (now() - heard < slice) continue;
    await turn();
    heard = now();
  }
  const fits = ({ peakElements }: PathResult) => peakElements <= (maxPeak ?? Number.POSITIVE_INFINITY);
  const better = step.value.flops < first.flops && (fits(step.value) || !fits(first));
  found(better ? step.value : first, true);
}

/** What every pair of the path makes; none where that would be too much. */
export async function followOrder(
  network: Network,
  path: SsaPath,
  operands: readonly (readonly number[])[],
  engine: Engine,
): Promise<readonly { readonly labels: readonly number[]; readonly data: readonly number[] }[]> {
  const { plan, results } = contractAlong(network, path, 'float64');
  if (plan.bytes > 8 * mostElements) return [];
  const loaded = await engine.load(plan);
  try {
    for (const [k, data] of operands.entries()) loaded.write(operandName(k), Float64Array.from(data));
    loaded.step();
    return results.map(({ name, labels }) => ({ labels, data: Array.from(loaded.read(name)) }));
  } finally {
    loaded.dispose();
  }
}
