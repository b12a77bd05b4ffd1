/**
 * The networks of a compiled document: what was drawn in several nodes may be one, and one may stand in
 * several programs or be met many times. Each with its path, and what the first search would have given.
 */
import { type Network, networkKey, type PathResult, pricePath } from '../../contraction/index.ts';
import type { Compiled, CompiledProgram, ProgramKind } from '../types.ts';
import { firstPath, networkOf, type PlannedNetwork } from './choose-paths.ts';

export interface NetworkSummary {
  /** Its key among the paths that a document keeps. */
  readonly key: string;
  readonly network: Network;
  /** The nodes that it was lowered from. */
  readonly nodes: readonly string[];
  /** The node that each operand comes from. */
  readonly operands: readonly (string | undefined)[];
  readonly programs: readonly ProgramKind[];
  /** How many times one step of each program contracts it, added up. */
  readonly count: number;
  readonly by: PlannedNetwork['by'];
  /** The path that is followed; and what a search finds when nothing is kept. */
  readonly result: PathResult;
  readonly first: PathResult;
}

/** The programs that a run executes. What only shows values is left out where something trains. */
export const programsOf = (compiled: Compiled): readonly CompiledProgram[] => {
  const { train, evaluations } = compiled;
  return train ? [train, ...evaluations] : [compiled.forward];
};

/** The most expensive first. */
export function describeNetworks(compiled: Compiled): readonly NetworkSummary[] {
  const byKey = new Map<string, NetworkSummary>();
  for (const { kind, networks } of programsOf(compiled))
    for (const planned of networks) {
      const key = networkKey(planned.network);
      const known = byKey.get(key);
      byKey.set(key, known ? again(known, planned, kind) : summaryOf(key, planned, kind));
    }
  const cost = ({ result, count }: NetworkSummary) => result.flops * count;
  return [...byKey.values()].sort((a, b) => cost(b) - cost(a));
}

function summaryOf(key: string, planned: PlannedNetwork, kind: ProgramKind): NetworkSummary {
  const { network, result, by, sources, operands } = planned;
  const first = by === 'search' ? result : firstPath(planned);
  return { key, network, nodes: sources, operands, programs: [kind], count: 1, by, result, first };
}

/**
 * Products of two tensors that the program makes of these nodes. What was drawn with more may come to that:
 * a delta is a bare wire and costs nothing.
 */
export function describePairs(compiled: Compiled, nodes: ReadonlySet<string>): readonly NetworkSummary[] {
  const found = new Map<string, NetworkSummary>();
  const [main] = programsOf(compiled);
  for (const op of main?.program.ops ?? []) {
    const { source } = op;
    if (op.kind !== 'contract' || op.args.length !== 2 || source === undefined) continue;
    if (!nodes.has(source) || found.has(source)) continue;
    const network = networkOf(op);
    const result = pricePath(network, [[0, 1]]);
    const operands = op.args.map((arg) => main?.program.ops[arg]?.source);
    const key = networkKey(network);
    const programs = [main?.kind ?? 'forward'];
    found.set(source, {
      key,
      network,
      nodes: [source],
      operands,
      programs,
      count: 1,
      by: 'search',
      result,
      first: result,
    });
  }
  return [...found.values()];
}

const again = (known: NetworkSummary, { sources }: PlannedNetwork, kind: ProgramKind): NetworkSummary => ({
  ...known,
  nodes: [...new Set([...known.nodes, ...sources])],
  programs: [...new Set([...known.programs, kind])],
  count: known.count + 1,
});

/** How many times fewer operations the found paths take than the first ones; 1 without any. */
export function gainOf(networks: readonly NetworkSummary[]): number {
  const found = networks.filter(({ by }) => by === 'found');
  const total = (of: 'first' | 'result') => found.reduce((sum, n) => sum + n.count * n[of].flops, 0);
  return total('result') > 0 ? total('first') / total('result') : 1;
}
