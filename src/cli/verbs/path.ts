/** `tensorloom path`: a contraction order for a bare tensor network. */
import { explain, findPath, type Network, type PathResult } from '../../contraction/index.ts';
import { readText } from '../graph.ts';
import type { Io } from '../io.ts';
import { parseNetwork } from '../network-file.ts';
import { numberOption, type Verb } from '../verb.ts';

export const path: Verb = {
  usage: 'path NETWORK.json',
  about: 'find a contraction order for a bare network {inputs, output, sizes}',
  operands: { min: 1, max: 1 },
  options: {
    time: { type: 'string', value: 'S', help: 'search for about so many seconds' },
    seed: { type: 'string', value: 'N', help: 'seed of the search' },
  },
  async run(call, io) {
    const time = numberOption(call, 'time', 'positive') ?? 0;
    const seed = numberOption(call, 'seed', 'whole') ?? 1;
    const { value: named, diagnostics } = parseNetwork(await readText(call.operands[0] as string, io));
    if (!named) return { ok: false, diagnostics, json: {}, text: '' };

    const { network, names } = named;
    const begun = io.now();
    const best = search(network, time * 1000, seed, io);
    const seconds = (io.now() - begun) / 1000;
    const json = {
      ssa_path: best.path,
      log10_flops: logarithm(best.flops, 10),
      log2_largest: logarithm(best.largestIntermediate, 2),
      log2_peak: logarithm(best.peakElements, 2),
      seconds,
      algorithm: best.algorithm,
    };
    const text = `${explain(best, network, (label) => names[label] ?? '?')}\nsearched for ${seconds.toFixed(2)} s`;
    return { ok: true, diagnostics, json, text };
  },
};

/** A network that is one tensor costs nothing. */
const logarithm = (x: number, base: number): number => (x > 0 ? Math.log2(x) / Math.log2(base) : 0);

/** Searches with twice the effort, under a new seed, as long as that should end in time. */
function search(network: Network, milliseconds: number, seed: number, io: Io): PathResult {
  const begun = io.now();
  let best = findPath(network, { seed });
  let last = io.now() - begun;
  for (let attempt = 1; io.now() - begun + 2 * last < milliseconds; attempt++) {
    const from = io.now();
    const found = findPath(network, { seed: seed + attempt, rounds: 2 ** attempt });
    last = io.now() - from;
    if (found.flops < best.flops) best = found;
    if (found.algorithm === 'exact') break;
  }
  return best;
}
