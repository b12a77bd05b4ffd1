/**
 * Contraction paths for the Plan panel: found at once by a fixed effort, then looked for longer, in
 * slices between which the worker hears its messages; and followed with numbers.
 */
import type { Outcome } from '../base/diagnostic.ts';
import { contractAlong, operandName } from '../compiler/networks/plan-einsum.ts';
import { findPath, type Network, type PathResult, type SsaPath, searchPath } from '../contraction/index.ts';
import type { Engine, Executable } from '../numeric/engine.ts';
import { diagnosticOf } from '../runtime/index.ts';
import { type Interruptions, searchBetween } from './search-between.ts';

/** Sizes are whole; of more elements than this nothing is computed. */
const mostElements = 1 << 20;

export interface PathServices extends Interruptions {
  readonly found: (result: PathResult, final: boolean) => void;
}

export async function lookForPath(
  network: Network,
  maxPeak: number | undefined,
  seconds: number,
  { found, ...interruptions }: PathServices,
): Promise<void> {
  const first = findPath(network, { maxPeak });
  found(first, false);
  const longer = await searchBetween(
    (limits) => searchPath(network, { seed: 2, maxPeak, ...limits }),
    seconds,
    interruptions,
  );
  const fits = ({ peakElements }: PathResult) => peakElements <= (maxPeak ?? Number.POSITIVE_INFINITY);
  const better = longer.flops < first.flops && (fits(longer) || !fits(first));
  found(better ? longer : first, true);
}

/** What every pair of the path makes; none where that would be too much. */
export async function followPath(
  network: Network,
  path: SsaPath,
  operands: readonly (readonly number[])[],
  engine: Engine,
): Promise<Outcome<readonly { readonly labels: readonly number[]; readonly data: readonly number[] }[]>> {
  const { plan, results } = contractAlong(network, path, 'float64');
  if (plan.bytes > 8 * mostElements) return { value: [], diagnostics: [] };
  let loaded: Executable | undefined;
  try {
    loaded = await engine.load(plan);
    const { write, read } = loaded;
    for (const [k, data] of operands.entries()) write(operandName(k), Float64Array.from(data));
    await loaded.advance(1);
    const value = results.map(async ({ name, labels }) => ({ labels, data: Array.from(await read(name)) }));
    return { value: await Promise.all(value), diagnostics: [] };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, plan)] };
  } finally {
    loaded?.dispose();
  }
}
