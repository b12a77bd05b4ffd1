/**
 * Looking longer for better orders. What is found is kept in the document and not used behind its back: the
 * same document gives the same digits everywhere (kept-orders.ts).
 */
import {
  type EffortLimits,
  explainSteps,
  isBest,
  machine,
  type Network,
  type PathResult,
  portion,
  searchPath,
  secondsOf,
} from '../contraction/index.ts';
import { type NetworkSummary, programsOf } from './describe-networks.ts';
import { writeKeptOrder } from './kept-orders.ts';
import type { Compiled } from './types.ts';

/** An order is worth keeping, and looking for, when it saves at least this part of the time. */
const margin = 0.01;

const secondsAlong = (network: Network, order: PathResult) => secondsOf(explainSteps(order, network));

/**
 * Networks whose orders may be improved, and where that would be felt: not those whose order somebody chose,
 * or is known to be the best; nor those that take hardly longer than their steps do empty, or than nothing
 * beside the rest of the program.
 */
export function improvable(
  compiled: Compiled,
  networks: readonly NetworkSummary[],
): readonly NetworkSummary[] {
  const steps = programsOf(compiled).flatMap(({ plan }) => plan.steps);
  const whole = steps.reduce((sum, { flops }) => sum + flops, 0);
  const felt = margin * whole * machine.perMultiplyAdd * 1e-9;
  return networks.filter(({ network, by, order, count }) => {
    if (by === 'node' || by === 'chosen' || isBest(order)) return false;
    const seconds = secondsAlong(network, order);
    const most = seconds - order.path.length * machine.perStep * 1e-9;
    return most > margin * seconds && most * count > felt;
  });
}

export interface Improvement {
  readonly key: string;
  /** As a document keeps it. */
  readonly order: string;
  readonly result: PathResult;
}

/** The search, in slices; it returns what is worth keeping. */
export function* improveOrder(
  { network, order }: NetworkSummary,
  effort: EffortLimits,
): Generator<number, Improvement | undefined> {
  const better = yield* searchPath(network, { ...effort, seed: 2, warmStart: order.path });
  const saves = secondsAlong(network, better) < (1 - margin) * secondsAlong(network, order);
  const written = saves ? writeKeptOrder(network, better.path) : undefined;
  return written && { ...written, result: better };
}

/** All of them, one after the other, each with an even share of what is left. Orders by network. */
export function improveOrders(
  networks: readonly NetworkSummary[],
  effort: EffortLimits,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [k, network] of networks.entries()) {
    const search = improveOrder(network, portion(effort, 1 / networks.length, 1 / (networks.length - k)));
    let step = search.next();
    while (!step.done) step = search.next();
    if (step.value) found[step.value.key] = step.value.order;
  }
  return found;
}
