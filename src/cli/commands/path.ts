/** `tensorloom path`: a contraction path for a bare tensor network. */
import { visible } from '../../base/visible.ts';
import { explain, findPath } from '../../contraction/index.ts';
import { during } from '../clock.ts';
import { type CliCommand, numberOption, seedOption } from '../command.ts';
import { readText } from '../command-files.ts';
import { parseNetwork } from '../network-file.ts';

export const path: CliCommand = {
  usage: 'path NETWORK.json',
  about: 'find a contraction path for a bare network {inputs, output, sizes}',
  operands: { min: 1, max: 1 },
  options: {
    time: { type: 'string', value: 'S', help: 'search for so many seconds from the moment the file is read' },
    peak: { type: 'string', value: 'N', help: 'slice until no more than so many elements are alive at once' },
    largest: { type: 'string', value: 'N', help: 'slice until no tensor on the way has more elements' },
    seed: { type: 'string', value: 'N', help: 'seed of the search' },
  },
  async run(call, io) {
    const time = numberOption(call, 'time', 'positive');
    const maxPeak = numberOption(call, 'peak', 'positive');
    const maxIntermediate = numberOption(call, 'largest', 'positive');
    const isLimited = maxPeak !== undefined || maxIntermediate !== undefined;
    const seed = seedOption(call) ?? 1;
    const source = await readText(call.operands[0] as string, io);
    if (source.value === undefined) return { ok: false, diagnostics: source.diagnostics, json: {}, text: '' };
    const { value: named, diagnostics } = parseNetwork(source.value);
    if (!named) return { ok: false, diagnostics, json: {}, text: '' };

    const { network, names } = named;
    const begun = io.now();
    // Without a time the effort is fixed, and the result the same on every machine.
    const clock = time === undefined ? {} : during(time, io);
    const found = findPath(network, { seed, ...clock, maxPeak, maxIntermediate });
    const made = network.output.reduce((n, label) => n * (network.sizes[label] as number), 1);
    // Of one tensor nothing is made on the way but the result.
    const isAlone = network.inputs.length === 1;
    const best = isAlone ? { ...found, largestIntermediate: made, peakElements: made } : found;
    const seconds = (io.now() - begun) / 1000;
    const json = {
      ssa_path: best.path,
      log10_flops: logarithm(best.flops, 10),
      log2_largest: logarithm(best.largestIntermediate, 2),
      log2_peak: logarithm(best.peakElements, 2),
      seconds,
      algorithm: best.algorithm,
      ...(isLimited && { sliced: best.sliced.map((l) => names[l]), slices: best.slices }),
    };
    const text = `${explain(best, network, (label) => visible(names[label] ?? '?'))}\nsearched for ${seconds.toFixed(2)} s`;
    return { ok: true, diagnostics, json, text };
  },
};

/** A network that is one tensor costs nothing. */
const logarithm = (x: number, base: number): number => (x > 0 ? Math.log2(x) / Math.log2(base) : 0);
