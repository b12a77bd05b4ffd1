/**
 * What there is to know of one kind of operation. `ir/ops/` has a file for each kind, and index.ts the table; what
 * an operation is stands in program.ts, whose types refer to one another.
 */
import type { Builder } from '../builder.ts';
import type { Op, Program, Shape, ValueId } from '../program.ts';

/** One step of reverse mode: the cotangent of an operation's value is known, those of its arguments are wanted. */
export interface Reverse {
  /** Operations are appended here. */
  readonly ir: Builder;
  /** What the operation gave, and its cotangent, of the same shape. */
  readonly value: ValueId;
  readonly cotangent: ValueId;
  /** Whether anybody asks for the cotangent of an argument. */
  isWanted(argument: ValueId): boolean;
  /** Adds a contribution to the cotangent of an argument, of its shape. */
  add(argument: ValueId, term: ValueId): void;
}

/** One step of forward mode: tangents of arguments are known, where they are not 0; at least one is. */
export interface Forward {
  readonly ir: Builder;
  readonly value: ValueId;
  readonly tangents: ReadonlyMap<ValueId, ValueId>;
}

/** What a check of one operation may look at. */
export interface OpContext {
  shapeOf(value: ValueId): Shape;
  opOf(value: ValueId): Op;
  /** What is wrong with a program in it: the body of a recurrence. */
  faultIn(body: Program): string | undefined;
}

export interface OpRules<T extends Op> {
  /** The values that it reads, in order. */
  args(op: T): readonly ValueId[];
  /** The operation with each of them replaced. */
  withArgs(op: T, replace: (value: ValueId) => ValueId): T;
  /** Which invariant of its kind it breaks; undefined where none is. */
  fault(op: T, around: OpContext): string | undefined;
  /** In one line, but for the body of a recurrence, which `printBody` prints. */
  print(op: T, printBody: (body: Program) => string): string;
  /** The arguments by which it has a derivative that is not 0 everywhere; all where it is left out. */
  differentiableArgs?(op: T): readonly ValueId[];
  /** Reverse mode; left out where it has no derivative, or is walked through by `gradient` itself. */
  pullBack?(op: T, at: Reverse): void;
  /** Forward mode: the tangent of its value, undefined where that is 0. Left out likewise. */
  push?(op: T, at: Forward): ValueId | undefined;
}

type Reading<T extends Op> = Pick<OpRules<T>, 'args' | 'withArgs'>;
const none: readonly ValueId[] = [];

/** Of operations that read nothing. */
export const readsNothing = <T extends Op>(): Reading<T> => ({ args: () => none, withArgs: (op) => op });

/** Of operations that read one value. */
export const readsOne = <T extends Op & { readonly arg: ValueId }>(): Reading<T> => ({
  args: (op) => [op.arg],
  withArgs: (op, replace) => ({ ...op, arg: replace(op.arg) }),
});

/** Of operations that read any number of values. */
export const readsMany = <T extends Op & { readonly args: readonly ValueId[] }>(): Reading<T> => ({
  args: (op) => op.args,
  withArgs: (op, replace) => ({ ...op, args: op.args.map(replace) }),
});

/** Forward mode of what is linear in its arguments: the same of their tangents. `fixed` is moved by, and has none. */
export function pushLinear<T extends Op>(
  { withArgs }: Pick<OpRules<T>, 'withArgs'>,
  op: T,
  { ir, tangents }: Forward,
  fixed?: ValueId,
): ValueId {
  return ir.append(withArgs(op, (a) => (a === fixed ? a : (tangents.get(a) ?? ir.full(ir.shape(a), 0)))));
}

export const sameShape = (a: Shape | undefined, b: Shape): boolean =>
  a !== undefined && a.length === b.length && a.every((s, d) => s === b[d]);

/** `%1, %2`. */
export const printValues = (ids: readonly ValueId[]): string => ids.map((id) => `%${id}`).join(', ');
