/** The operations, one file for each, and what is asked of any of them. */
import type { Op, Program, ValueId } from '../program.ts';
import { concat } from './concat.ts';
import { constant } from './constant.ts';
import { contract } from './contract.ts';
import { fold } from './fold.ts';
import { gather } from './gather.ts';
import { input } from './input.ts';
import { iota } from './iota.ts';
import { map } from './map.ts';
import { pad } from './pad.ts';
import { random } from './random.ts';
import { reduce } from './reduce.ts';
import { reshape } from './reshape.ts';
import { result } from './result.ts';
import type { Forward, OpContext, OpRules, Reverse } from './rules.ts';
import { scan } from './scan.ts';
import { scatterAdd } from './scatter-add.ts';
import { slice } from './slice.ts';
import { window } from './window.ts';

const rules: { readonly [K in Op['kind']]: OpRules<Extract<Op, { kind: K }>> } = {
  input,
  constant,
  iota,
  random,
  contract,
  map,
  reduce,
  reshape,
  slice,
  pad,
  window,
  fold,
  concat,
  gather,
  scatterAdd,
  scan,
  result,
};

/** The rules under an operation's kind are for operations of that kind, which the type of the table cannot say. */
const rulesOf = (op: Op): OpRules<Op> => rules[op.kind] as unknown as OpRules<Op>;

/** The values an operation reads, in order. */
export const argsOf = (op: Op): readonly ValueId[] => rulesOf(op).args(op);

/** The operation with each argument replaced: itself where none is another. */
export function withArgs(op: Op, replace: (value: ValueId) => ValueId): Op {
  const { args, withArgs: rebuilt } = rulesOf(op);
  return args(op).every((value) => replace(value) === value) ? op : rebuilt(op, replace);
}

/** Which invariant of its kind an operation breaks; undefined where none is. */
export const faultOf = (op: Op, around: OpContext): string | undefined => rulesOf(op).fault(op, around);

/** An operation in print, the body of a recurrence as `printBody` has it. */
export const printWith = (op: Op, printBody: (body: Program) => string): string =>
  rulesOf(op).print(op, printBody);

/**
 * Arguments by which an operation has a derivative that is not 0 everywhere: not row numbers, what is compared or
 * rounded, a largest place. Of a scan all; what its body does with them is for the caller to follow.
 */
export function differentiableArgs(op: Op): readonly ValueId[] {
  const { differentiableArgs: some, args } = rulesOf(op);
  return (some ?? args)(op);
}

/** Reverse mode through one operation that is no scan and no result of one. */
export const pullBack = (op: Op, at: Reverse): void => rulesOf(op).pullBack?.(op, at);

/** Forward mode likewise. */
export const push = (op: Op, at: Forward): ValueId | undefined => rulesOf(op).push?.(op, at);
