/**
 * Orders for the contractions of a program, decided before it is planned: the node's own, else one that the
 * document keeps for the network, else what a search finds. Its effort is fixed, so that the same document is
 * computed in the same order everywhere, unless the caller says how long to look.
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
} from '../contraction/index.ts';
import type { ContractOp, Op, Program } from '../ir/program.ts';
import type { KeptOrders } from './kept-orders.ts';

/** flops: multiply-adds; peak: memory; machine: the time they take here, estimated. */
export const objectives = ['flops', 'peak', 'machine'] as const;
export type OrderObjective = (typeof objectives)[number];

export interface OrderSearch {
  readonly objective?: OrderObjective;
  /** For a whole document; default a fixed effort of some 50 ms. */
  readonly effort?: EffortLimits;
}

const objectiveOf: Readonly<Record<OrderObjective, Objective>> = {
  flops: 'operations',
  peak: 'memory',
  machine: machineObjective,
};

/** Rounds of search for a whole program, of which a document has one or two, and for one contraction. */
const roundsInAll = 3;
const roundsEach = 1;

/** Compiled anew after every edit, most contractions are old acquaintances. Results do not depend on it. */
const searched = createPathCache();

/** The part of the effort that is left which a program takes: a document has up to three, the dearest first. */
const ofAll = 1 / 2;

/** A network of a program whose order was to be decided, and who decided: the node, the document, or a search. */
export interface OrderedNetwork {
  readonly network: Network;
  readonly order: PathResult;
  readonly by: 'node' | 'chosen' | 'found' | 'search';
  /** The document keeps an order for it that does not fit. */
  readonly unfit: boolean;
  /** What it was lowered from, its own source last; and the sources of its operands. */
  readonly sources: readonly string[];
  readonly operands: readonly (string | undefined)[];
  /** Rounds of search that it gets when nobody says otherwise. */
  readonly rounds: number;
}

export interface Ordered {
  readonly program: Program;
  readonly networks: readonly OrderedNetwork[];
}

/** Two operands leave nothing to choose. */
const hasOrder = (op: Op): op is ContractOp => op.kind === 'contract' && op.args.length > 2;

export function orderContractions(
  program: Program,
  { objective = 'flops', effort }: OrderSearch = {},
  kept: KeptOrders = { of: () => undefined },
): Ordered {
  const open = program.ops.filter((op) => hasOrder(op) && !op.path).length;
  const own = effort && portion(effort, ofAll, ofAll);
  let waiting = open;
  const goal = { objective: objectiveOf[objective] };
  const rounds = Math.min(roundsEach, roundsInAll / hardNetworks(program));
  const networks: OrderedNetwork[] = [];

  function decide(op: ContractOp): SsaPath {
    const network = networkOf(op);
    const tell = (order: PathResult, by: OrderedNetwork['by'], unfit = false): SsaPath => {
      const sources = [...(op.absorbed ?? []), op.source].filter((source) => source !== undefined);
      const operands = op.args.map((arg) => program.ops[arg]?.source);
      networks.push({ network, order, by, unfit, sources, operands, rounds });
      return order.path;
    };
    if (op.path) return tell(pricePath(network, op.path), 'node');
    const known = kept.of(network);
    const unfit = known === 'unfit';
    const order = known === 'unfit' ? undefined : known;
    // Kept orders make operations few; who asks for something else, or looks longer, starts from there.
    if (order && objective === 'flops' && !own) return tell(pricePath(network, order.path), order.by);
    const settings = { ...goal, ...(order && { warmStart: order.path }) };
    const found = own
      ? findPath(network, { ...settings, ...portion(own, 1 / open, 1 / waiting--) })
      : searched(network, { ...settings, rounds });
    return tell(found, 'search', unfit);
  }
  const ops = program.ops.map((op) => (hasOrder(op) ? { ...op, path: decide(op) } : op));
  return { program: { ...program, ops }, networks };
}

/**
 * How many networks need a search: one that is met again does not, nor one small enough to look at every order.
 * Orders that the document keeps do not count, so that keeping one does not change what is found for another.
 */
function hardNetworks(program: Program): number {
  const hard = program.ops.filter((op) => hasOrder(op) && !op.path && op.args.length > smallEnough);
  return hard.length < 2
    ? hard.length
    : new Set(hard.map((op) => networkKey(networkOf(op as ContractOp)))).size;
}

/** What is found for a network when nothing is kept for it and nobody says how long to look. */
export const firstOrder = ({ network, rounds }: OrderedNetwork): PathResult =>
  searched(network, { rounds, objective: objectiveOf.flops });

/** Labels that only the result has are broadcast, and cost nothing before the end. */
function networkOf({ inputs, output, sizes }: ContractOp): Network {
  const present = new Set(inputs.flat());
  return { inputs, output: output.filter((label) => present.has(label)), sizes };
}
