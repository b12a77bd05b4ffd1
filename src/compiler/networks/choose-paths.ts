/**
 * Contraction paths for a program, chosen before it is planned: the node's own, else one that the document
 * keeps for the network, else what a search finds. Its effort is fixed, so that the same document is
 * computed along the same paths everywhere, unless the caller says how long to search.
 */
import {
  createPathCache,
  type EffortLimits,
  findPath,
  machineObjective,
  type Network,
  networkKey,
  type Objective,
  type PathResult,
  portion,
  pricePath,
  type SsaPath,
  smallEnough,
} from '../../contraction/index.ts';
import { allOps, type ContractOp, type Op, type Program } from '../../ir/program.ts';
import type { KeptPaths } from './kept-paths.ts';

/** flops: multiply-adds; peak: memory; machine: the time they take here, estimated. */
export const pathObjectives = ['flops', 'peak', 'machine'] as const;
export type PathObjective = (typeof pathObjectives)[number];

export interface PathSearch {
  readonly objective?: PathObjective;
  /** For a whole document; default a fixed effort of some 50 ms. */
  readonly effort?: EffortLimits;
}

const objectiveOf: Readonly<Record<PathObjective, Objective>> = {
  flops: 'operations',
  peak: 'memory',
  machine: machineObjective,
};

/** Rounds of search for a whole program, of which a document has one or two, and for one contraction. */
const roundsInAll = 3;
const roundsEach = 1;

/** A graph is compiled after every edit, and most of its networks have not changed. Results do not depend on it. */
const searched = createPathCache();

/** The part of the effort that is left which a program takes: a document has up to three, the most expensive first. */
const ofAll = 1 / 2;

/** A network of a program, the path that was chosen for it, and by whom: the node, the document, or a search. */
export interface PlannedNetwork {
  readonly network: Network;
  readonly result: PathResult;
  readonly by: 'node' | 'chosen' | 'found' | 'search';
  /** The document keeps a path for it that does not fit. */
  readonly unfit: boolean;
  /** What it was lowered from, its own source last; and the sources of its operands. */
  readonly sources: readonly string[];
  readonly operands: readonly (string | undefined)[];
  /** Rounds of search that it gets when nobody says otherwise. */
  readonly rounds: number;
}

export interface ChosenPaths {
  readonly program: Program;
  readonly networks: readonly PlannedNetwork[];
}

/** Two operands leave nothing to choose. */
const hasChoice = (op: Op): op is ContractOp => op.kind === 'contract' && op.args.length > 2;

export function choosePaths(
  program: Program,
  { objective = 'flops', effort }: PathSearch = {},
  kept: KeptPaths = { of: () => undefined },
): ChosenPaths {
  const open = allOps(program).filter((op) => hasChoice(op) && !op.path).length;
  const own = effort && portion(effort, ofAll, ofAll);
  let waiting = open;
  const goal = { objective: objectiveOf[objective] };
  const rounds = Math.min(roundsEach, roundsInAll / hardNetworks(program));
  const networks: PlannedNetwork[] = [];

  function decide(op: ContractOp, ops: readonly Op[]): SsaPath {
    const network = networkOf(op);
    const tell = (result: PathResult, by: PlannedNetwork['by'], unfit = false): SsaPath => {
      const sources = [...(op.absorbed ?? []), op.source].filter((source) => source !== undefined);
      const operands = op.args.map((arg) => ops[arg]?.source);
      networks.push({ network, result, by, unfit, sources, operands, rounds });
      return result.path;
    };
    if (op.path) return tell(pricePath(network, op.path), 'node');
    const known = kept.of(network);
    const unfit = known === 'unfit';
    const keptPath = known === 'unfit' ? undefined : known;
    // Kept paths minimise operations; another objective, or a longer search, starts from them.
    if (keptPath && objective === 'flops' && !own)
      return tell(pricePath(network, keptPath.path), keptPath.by);
    const settings = { ...goal, ...(keptPath && { warmStart: keptPath.path }) };
    const found = own
      ? findPath(network, { ...settings, ...portion(own, 1 / open, 1 / waiting--) })
      : searched(network, { ...settings, rounds });
    return tell(found, 'search', unfit);
  }
  const decided = (part: Program): Program => ({
    ...part,
    ops: part.ops.map((op) => {
      if (op.kind === 'scan') return { ...op, body: decided(op.body) };
      return hasChoice(op) ? { ...op, path: decide(op, part.ops) } : op;
    }),
  });
  return { program: decided(program), networks };
}

/**
 * How many networks need a search: one that is met again does not, nor one small enough to look at every path.
 * Paths that the document keeps do not count, so that keeping one does not change what is found for another.
 */
function hardNetworks(program: Program): number {
  const hard = allOps(program).filter((op) => hasChoice(op) && !op.path && op.args.length > smallEnough);
  return hard.length < 2
    ? hard.length
    : new Set(hard.map((op) => networkKey(networkOf(op as ContractOp)))).size;
}

/** What is found for a network when nothing is kept for it and nobody says how long to look. */
export const firstPath = ({ network, rounds }: PlannedNetwork): PathResult =>
  searched(network, { rounds, objective: objectiveOf.flops });

/** Labels that only the result has are broadcast, and cost nothing before the end. */
export function networkOf({ inputs, output, sizes }: ContractOp): Network {
  const present = new Set(inputs.flat());
  return { inputs, output: output.filter((label) => present.has(label)), sizes };
}
