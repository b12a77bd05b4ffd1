/**
 * Better contraction paths for the networks of a graph, looked for while nobody asks for anything else: in
 * slices between which the worker hears its messages, and given up at once when it is overtaken.
 */
import { describeNetworks, gainOf } from '../compiler/networks/describe-networks.ts';
import { improvable, improvePath } from '../compiler/networks/improve-paths.ts';
import type { Compiled } from '../compiler/types.ts';
import { type Interruptions, searchBetween } from './search-between.ts';

export interface Improved {
  readonly settled: readonly string[];
  readonly paths: Readonly<Record<string, string>>;
  readonly gain: number;
  readonly final: boolean;
}

interface Wanted {
  readonly seconds: number;
  readonly secondsInAll: number;
  readonly without: readonly string[];
}

interface ImproveServices extends Interruptions {
  readonly told: (news: Improved) => void;
}

export async function improve(
  compiled: Compiled,
  { seconds, secondsInAll, without }: Wanted,
  { told, ...interruptions }: ImproveServices,
): Promise<void> {
  const networks = [...describeNetworks(compiled)];
  const waiting = improvable(compiled, networks).filter(({ key }) => !without.includes(key));
  told({ settled: [], paths: {}, gain: gainOf(networks), final: waiting.length === 0 });
  const allotted = Math.min(seconds, secondsInAll / waiting.length);
  for (const [k, network] of waiting.entries()) {
    const better = await searchBetween((limits) => improvePath(network, limits), allotted, interruptions);
    if (interruptions.overtaken()) return;
    const { key } = network;
    if (better) networks[networks.indexOf(network)] = { ...network, result: better.result, by: 'found' };
    const paths = better ? { [key]: better.text } : {};
    told({ settled: [key], paths, gain: gainOf(networks), final: k === waiting.length - 1 });
  }
}
