/**
 * Orders for the contractions of a program, decided before it is planned. Left alone, the planner searches
 * each by a fixed effort; here the effort of the whole program, and what to make small, is the caller's.
 */
import {
  createPathCache,
  type EffortLimits,
  findPath,
  machine,
  type Objective,
  portion,
} from '../contraction/index.ts';
import type { ContractOp, Program } from '../ir/program.ts';

/** flops: multiply-adds; peak: memory; machine: the time they take here, estimated. */
export const objectives = ['flops', 'peak', 'machine'] as const;
export type OrderObjective = (typeof objectives)[number];

export interface OrderSearch {
  readonly objective?: OrderObjective;
  /** For a whole document; default a fixed effort of some 50 ms a program at most. */
  readonly effort?: EffortLimits;
}

const objectiveOf: Readonly<Record<OrderObjective, Objective>> = {
  flops: 'operations',
  peak: 'memory',
  machine: { perElement: machine.perElement / machine.perMultiplyAdd },
};

/** Rounds of search for a whole program, and for one contraction. */
const rounds = 5;
const roundsEach = 1;

/** Compiled anew after every edit, most contractions are old acquaintances. Results do not depend on it. */
const known = createPathCache();

/** The part of the effort that is left which a program takes: a document has up to three, the dearest first. */
const ofAll = 1 / 2;

/** Two operands leave nothing to choose, and an order that the document keeps is kept. */
const isOpen = (op: Program['ops'][number]): op is ContractOp =>
  op.kind === 'contract' && op.args.length > 2 && !op.path;

export function orderContractions(program: Program, { objective = 'flops', effort }: OrderSearch): Program {
  const open = program.ops.filter(isOpen);
  const own = effort && portion(effort, ofAll, ofAll);
  let waiting = open.length;
  const order = (op: ContractOp): ContractOp => {
    const goal = { objective: objectiveOf[objective] };
    const { path } = own
      ? findPath(networkOf(op), { ...portion(own, 1 / open.length, 1 / waiting--), ...goal })
      : known(networkOf(op), { rounds: Math.min(roundsEach, rounds / open.length), ...goal });
    return { ...op, path };
  };
  return { ...program, ops: program.ops.map((op) => (isOpen(op) ? order(op) : op)) };
}

/** Labels that only the result has are broadcast, and cost nothing before the end. */
function networkOf({ inputs, output, sizes }: ContractOp) {
  const present = new Set(inputs.flat());
  return { inputs, output: output.filter((label) => present.has(label)), sizes };
}
