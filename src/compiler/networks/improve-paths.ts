/**
 * Longer searches for better paths. What is found is used only once the document keeps it: the same document
 * gives the same digits everywhere (kept-paths.ts).
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
} from '../../contraction/index.ts';
import type { Compiled } from '../types.ts';
import { type NetworkSummary, programsOf } from './describe-networks.ts';
import { writeKeptPath } from './kept-paths.ts';

/** A path is worth keeping, and searching for, when it saves at least this part of the time. */
const margin = 0.01;

const secondsAlong = (network: Network, result: PathResult) => secondsOf(explainSteps(result, network));

/**
 * Networks whose paths may be improved, and where that would be felt: not those whose path somebody chose,
 * or is known to be optimal; nor those that take hardly longer than their steps do empty, or than nothing
 * beside the rest of the program.
 */
export function improvable(
  compiled: Compiled,
  networks: readonly NetworkSummary[],
): readonly NetworkSummary[] {
  const steps = programsOf(compiled).flatMap(({ plan }) => plan.steps);
  const whole = steps.reduce((sum, { flops }) => sum + flops, 0);
  const felt = margin * whole * machine.perMultiplyAdd * 1e-9;
  return networks.filter(({ network, by, result, count }) => {
    if (by === 'node' || by === 'chosen' || isBest(result)) return false;
    const seconds = secondsAlong(network, result);
    const most = seconds - result.path.length * machine.perStep * 1e-9;
    return most > margin * seconds && most * count > felt;
  });
}

export interface ImprovedPath {
  readonly key: string;
  /** As a document keeps it. */
  readonly text: string;
  readonly result: PathResult;
}

/** The search, in slices; it returns what is worth keeping. */
export function* improvePath(
  { network, result }: NetworkSummary,
  effort: EffortLimits,
): Generator<number, ImprovedPath | undefined> {
  const better = yield* searchPath(network, { ...effort, seed: 2, warmStart: result.path });
  const saves = secondsAlong(network, better) < (1 - margin) * secondsAlong(network, result);
  const written = saves ? writeKeptPath(network, better.path) : undefined;
  return written && { ...written, result: better };
}

/** All of them, one after the other, each with an even share of what is left. Paths, as a document keeps them, by the key of the network. */
export function improvePaths(
  networks: readonly NetworkSummary[],
  effort: EffortLimits,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [k, network] of networks.entries()) {
    const search = improvePath(network, portion(effort, 1 / networks.length, 1 / (networks.length - k)));
    let step = search.next();
    while (!step.done) step = search.next();
    if (step.value) found[step.value.key] = step.value.text;
  }
  return found;
}
