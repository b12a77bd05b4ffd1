/**
 * Better orders for the networks of a graph, looked for while nobody asks for anything else: in slices between
 * which the worker hears its messages, and given up at once when it is overtaken.
 */
import { describeNetworks, gainOf } from '../compiler/describe-networks.ts';
import { improvable, improveOrder } from '../compiler/improve.ts';
import type { Compiled } from '../compiler/types.ts';

export interface Improved {
  readonly settled: readonly string[];
  readonly orders: Readonly<Record<string, string>>;
  readonly gain: number;
  readonly final: boolean;
}

interface Wanted {
  readonly seconds: number;
  readonly secondsInAll: number;
  readonly without: readonly string[];
}

interface ImproveServices {
  readonly now: () => number;
  readonly turn: () => Promise<void>;
  readonly overtaken: () => boolean;
  readonly told: (news: Improved) => void;
}

/** Milliseconds of search between two looks at the messages. */
const slice = 8;

export async function improve(
  compiled: Compiled,
  { seconds, secondsInAll, without }: Wanted,
  { now, turn, overtaken, told }: ImproveServices,
): Promise<void> {
  const networks = [...describeNetworks(compiled)];
  const waiting = improvable(compiled, networks).filter(({ key }) => !without.includes(key));
  told({ settled: [], orders: {}, gain: gainOf(networks), final: waiting.length === 0 });
  const allotted = Math.min(seconds, secondsInAll / waiting.length);
  for (const [k, network] of waiting.entries()) {
    const begun = now();
    const spent = () => (now() - begun) / 1000 / allotted;
    const search = improveOrder(network, { spent, deadline: () => spent() >= 1 || overtaken() });
    let heard = begun;
    let step = search.next();
    for (; !step.done; step = search.next()) {
      if (now() - heard < slice) continue;
      await turn();
      heard = now();
    }
    if (overtaken()) return;
    const { key } = network;
    const better = step.value;
    if (better) networks[networks.indexOf(network)] = { ...network, order: better.result, by: 'found' };
    const orders = better ? { [key]: better.order } : {};
    told({ settled: [key], orders, gain: gainOf(networks), final: k === waiting.length - 1 });
  }
}
