/** Recurrences built from a body. What they consist of is in scan-parts.ts, their derivatives in scan-forward.ts and scan-reverse.ts. */
import { Builder } from './builder.ts';
import { argsOf, withArgs } from './ops/index.ts';
import type { Op, Program, ScanOp, ValueId } from './program.ts';
import { argumentsOfInputs, resultShape } from './scan-parts.ts';

/** What goes into a recurrence: see ScanOp. */
export interface ScanArgs {
  readonly length: number;
  /** First values. A carry keeps its shape. */
  readonly carries: readonly ValueId[];
  /** Taken row by row along their first axis, which has size `length`; from the last row when `reverse`. */
  readonly rows?: readonly ValueId[];
  /** The same in every iteration. */
  readonly constants?: readonly ValueId[];
  readonly reverse?: boolean;
}

/** What one iteration computes: the carries' next values, and what it gives. */
export interface Iteration {
  readonly carries: readonly ValueId[];
  readonly outs?: readonly ValueId[];
}

export interface Recurrence extends ScanArgs {
  /** One iteration, in a builder of its own. */
  body(
    ir: Builder,
    carries: readonly ValueId[],
    rows: readonly ValueId[],
    constants: readonly ValueId[],
  ): Iteration;
}

export interface ScanResult {
  /** The scan itself, a tuple. */
  readonly scan: ValueId;
  /** The carries after the last iteration. */
  readonly last: readonly ValueId[];
  /** What the iterations gave, each stacked along a new first axis, in the order of the rows. */
  readonly outs: readonly ValueId[];
}

/** Appends a recurrence. */
export function scan(ir: Builder, { body, ...args }: Recurrence): ScanResult {
  return scanOf(ir, args, bodyOf(new Builder({ checkpoints: ir.checkpoints }), ir, args, body));
}

/**
 * Appends a recurrence whose body is there already. Where the builder asks for checkpoints, it takes the form
 * whose gradient keeps less: segments of about √length iterations, each of which is gone through again on the
 * way back (T. Chen, B. Xu, C. Zhang, C. Guestrin, "Training deep nets with sublinear memory cost", arXiv
 * 1604.06174, section 4). `bare`: see ScanOp; segments are not.
 */
export function scanOf(ir: Builder, args: ScanArgs, body: Program, bare = false): ScanResult {
  const { segments, iterations } = ir.checkpoints;
  const size = segments ? Math.ceil(Math.sqrt(args.length)) : args.length;
  return size >= 2 && size < args.length
    ? inSegments(ir, args, body, size, iterations)
    : append(ir, args, body, iterations, bare);
}

/** Appends a recurrence as it is: for derivatives, which recompute what they need as they are told. */
export function plainScan(ir: Builder, { body, ...args }: Recurrence): ScanResult {
  return append(ir, args, bodyOf(new Builder(), ir, args, body), false);
}

function bodyOf(inner: Builder, outer: Builder, args: ScanArgs, body: Recurrence['body']): Program {
  inner.source = outer.source;
  inner.derives = outer.derives;
  const inputs = bodyInputs(inner, outer, args);
  const { carries, outs = [] } = body(inner, inputs.carries, inputs.rows, inputs.constants);
  return inner.finish(bodyOutputs(carries, outs), []);
}

function append(ir: Builder, args: ScanArgs, body: Program, recomputes: boolean, bare = false): ScanResult {
  const { carries, rows = [], constants = [], length, reverse = false } = args;
  const value = ir.append({
    kind: 'scan',
    args: [...carries, ...rows, ...constants],
    carries: carries.length,
    rows: rows.length,
    length,
    reverse,
    ...(recomputes && { recomputes }),
    ...(bare && { bare }),
    body,
    shape: [],
  });
  return resultsOf(ir, value);
}

/** A recurrence of recurrences of `size` iterations, and one of the iterations that are left over. */
function inSegments(
  ir: Builder,
  { length, carries, rows = [], constants = [], reverse = false }: ScanArgs,
  body: Program,
  size: number,
  recomputes: boolean,
): ScanResult {
  const count = Math.floor(length / size);
  const rest = length - count * size;
  // What is left over comes last: at the end of the rows or, backwards, at their beginning.
  const main = rows.map((r) => {
    const whole = ir.part(r, 0, reverse ? rest : 0, count * size);
    return ir.reshape(whole, [count, size, ...ir.shape(r).slice(1)]);
  });
  const mid = new Builder();
  const segment = bodyOf(mid, ir, { length: count, carries, rows: main, constants }, (inner, c, r, k) => {
    const made = append(
      inner,
      { length: size, carries: c, rows: r, constants: k, reverse },
      body,
      recomputes,
    );
    return { carries: made.last, outs: made.outs };
  });
  const outer = append(ir, { length: count, carries, rows: main, constants, reverse }, segment, true);
  const flat = outer.outs.map((o) => ir.reshape(o, [count * size, ...ir.shape(o).slice(2)]));
  if (rest === 0) return { ...outer, outs: flat };
  const others = rows.map((r) => ir.part(r, 0, reverse ? 0 : count * size, rest));
  const tail = append(
    ir,
    { length: rest, carries: outer.last, rows: others, constants, reverse },
    body,
    recomputes,
  );
  const outs = flat.map((o, i) => {
    const left = tail.outs[i] as ValueId;
    return ir.concat(reverse ? [left, o] : [o, left], 0);
  });
  return { scan: tail.scan, last: tail.last, outs };
}

/** All results of a scan that has been appended. */
export function resultsOf(ir: Builder, value: ValueId): ScanResult {
  const { carries, body } = ir.op(value) as ScanOp;
  const all = body.outputs.map((_, index) => result(ir, value, index));
  return { scan: value, last: all.slice(0, carries), outs: all.slice(carries) };
}

/** One result of a scan that has been appended: see ResultOp. */
export const result = (ir: Builder, value: ValueId, index: number): ValueId =>
  ir.append({ kind: 'result', arg: value, index, shape: resultShape(ir.op(value) as ScanOp, index) });

const bodyOutputs = (carries: readonly ValueId[], outs: readonly ValueId[]): Program['outputs'] => [
  ...carries.map((value, i) => ({ name: `carry ${i}`, value })),
  ...outs.map((value, i) => ({ name: `out ${i}`, value })),
];

interface BodyInputs {
  readonly carries: readonly ValueId[];
  readonly rows: readonly ValueId[];
  readonly constants: readonly ValueId[];
}

function bodyInputs(
  inner: Builder,
  outer: Builder,
  { carries, rows = [], constants = [] }: ScanArgs,
): BodyInputs {
  return {
    carries: carries.map((c, i) => inner.input(`carry ${i}`, outer.shape(c), 'feed')),
    rows: rows.map((r, i) => inner.input(`row ${i}`, outer.shape(r).slice(1), 'feed')),
    constants: constants.map((c, i) => inner.input(`constant ${i}`, outer.shape(c), 'feed')),
  };
}

/** The body's operations again, in another builder, with a value there for each of the scan's arguments. */
export function inline(ir: Builder, op: ScanOp, args: readonly ValueId[]): Required<Iteration> {
  const { body, carries } = op;
  const positions = argumentsOfInputs(op);
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  const again = (o: Op): ValueId => {
    const moved = withArgs(o, replace);
    // Operands that are one value here are read once, and have one derivative, as where they are written so.
    return moved.kind === 'map' && !moved.softmax && new Set(moved.args).size < new Set(argsOf(o)).size
      ? ir.map(moved.args, moved.expr, moved.axes, moved.shape)
      : ir.append(moved);
  };
  for (const [id, o] of body.ops.entries())
    renamed.push(o.kind === 'input' ? (args[positions.get(id) as number] as ValueId) : again(o));
  const outputs = body.outputs.map(({ value }) => replace(value));
  return { carries: outputs.slice(0, carries), outs: outputs.slice(carries) };
}
