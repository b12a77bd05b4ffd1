/**
 * Builds the program anew with what the builder must leave alone while gradients are still to be
 * taken: values may now be looked through. Views of views become one view, element-wise operations
 * read through permutations and repeats, and a sum that is repeated along new axes is kept without them.
 */

import { Builder } from '../builder.ts';
import { arg, e, number, substituteArgs } from '../expr.ts';
import { withArgs } from '../ops/index.ts';
import type { ContractOp, MapOp, Op, PadOp, Program, SliceOp, ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';
import { axesThrough, isFreeView } from './free-views.ts';

export function simplify(program: Program, off: readonly string[] = []): Program {
  const ir = new Builder({ literal: off.includes('absorbDeltas') });
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const op of program.ops) {
    ir.source = op.source;
    renamed.push(build(ir, withArgs(op, replace)));
  }
  return withResults(program, ir.ops, replace);
}

function build(ir: Builder, op: Op): ValueId {
  switch (op.kind) {
    case 'contract':
      return buildContract(ir, op);
    case 'map':
      return buildMap(ir, op);
    case 'reshape': {
      const inner = ir.op(op.arg);
      return ir.reshape(inner.kind === 'reshape' ? inner.arg : op.arg, op.shape);
    }
    case 'slice':
      return buildSlice(ir, op);
    case 'pad':
      return buildPad(ir, op);
    case 'window':
      return ir.window(op.arg, op.axis, op.shape[op.axis + 1] as number, {
        ...op,
        positions: op.shape[op.axis] as number,
      });
    case 'fold':
      return ir.fold(op.arg, op.axis, op.shape[op.axis] as number, op);
    default:
      return ir.append(op);
  }
}

/** A factor of an operand is one of the whole. A sum that is also repeated along axes no operand has: first the sum, then a view of it. */
function buildContract(ir: Builder, op: ContractOp): ValueId {
  const { inputs, output, sizes } = op;
  const order = op.path && { path: op.path };
  const parts = op.args.map((value) => multiple(ir, value));
  const args = parts.map((part) => part.of);
  const scale = parts.reduce((product, part) => product * part.factor, op.scale);
  const present = new Set(inputs.flat());
  const own = output.filter((label) => present.has(label));
  const repeats = args.length > 0 && own.length < output.length && !isFreeView(op);
  if (!repeats || new Set(own).size < own.length)
    return ir.contract(args, inputs, output, { sizes, scale, ...order });
  return ir.contract([ir.contract(args, inputs, own, { sizes, scale, ...order })], [own], output, { sizes });
}

/** A value as a number times another, where an element-wise operation does no more than that. */
function multiple(ir: Builder, value: ValueId): { of: ValueId; factor: number } {
  const op = ir.op(value);
  const [of] = op.kind === 'map' ? op.args : [];
  if (op.kind !== 'map' || of === undefined || op.axes[0]?.length !== op.shape.length)
    return { of: value, factor: 1 };
  const inOrder = op.axes[0].every((axis, d) => axis === d);
  const { expr } = op;
  if (inOrder && expr.op === 'neg' && expr.a.op === 'arg') return { of, factor: -1 };
  if (inOrder && expr.op === 'mul' && expr.a.op === 'const' && expr.b.op === 'arg')
    return { of, factor: expr.a.value };
  if (inOrder && expr.op === 'mul' && expr.b.op === 'const' && expr.a.op === 'arg')
    return { of, factor: expr.b.value };
  return { of: value, factor: 1 };
}

/** Operands that are free views are read where they come from. */
function buildMap(ir: Builder, op: MapOp): ValueId {
  if (!op.args.some((value) => isFreeView(ir.op(value)))) return ir.map(op.args, op.expr, op.axes, op.shape);
  const args = [...op.args];
  const axes = [...op.axes];
  const factors = args.map(() => 1);
  for (const [k, value] of args.entries()) {
    const view = ir.op(value);
    const through = isFreeView(view) ? axesThrough(view) : undefined;
    if (!isFreeView(view) || !through) continue;
    args[k] = view.args[0] as ValueId;
    axes[k] = through.map((d) => (op.axes[k] as readonly number[])[d] as number);
    factors[k] = view.scale;
  }
  const expr = factors.every((factor) => factor === 1)
    ? op.expr
    : substituteArgs(op.expr, (i) => e.mul(number(factors[i] as number), arg(i)));
  return ir.map(args, expr, axes, op.shape);
}

/** Where a slice or padding puts element i of an axis: at starts + steps · i. */
type Place = Pick<SliceOp, 'starts' | 'steps'>;

const within = (outer: Place, inner: Place): [starts: number[], steps: number[]] => [
  inner.starts.map((s, d) => (outer.starts[d] as number) + (outer.steps[d] as number) * s),
  inner.steps.map((s, d) => (outer.steps[d] as number) * s),
];

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((n, d) => n === b[d]);

/** A slice of a slice is one slice; of a padding, what was padded where that is what it cuts out; of a concatenation, of the one operand that it stays in. */
function buildSlice(ir: Builder, op: SliceOp): ValueId {
  const { starts, steps, shape } = op;
  const inner = ir.op(op.arg);
  if (inner.kind === 'slice') return ir.slice(inner.arg, ...within(inner, op), shape);
  if (inner.kind === 'pad' && same(inner.starts, starts) && same(inner.steps, steps))
    if (same(ir.shape(inner.arg), shape)) return inner.arg;
  if (inner.kind === 'concat') {
    const { axis } = inner;
    const first = starts[axis] as number;
    const last = first + (steps[axis] as number) * ((shape[axis] as number) - 1);
    let begin = 0;
    for (const part of inner.args) {
      const end = begin + (ir.shape(part)[axis] as number);
      if (Math.min(first, last) >= begin && Math.max(first, last) < end)
        return ir.slice(part, starts.with(axis, first - begin), steps, shape);
      begin = end;
    }
  }
  return ir.slice(op.arg, starts, steps, shape);
}

/** A padding of a padding is one padding. */
function buildPad(ir: Builder, op: PadOp): ValueId {
  const inner = ir.op(op.arg);
  if (inner.kind === 'pad') return ir.pad(inner.arg, ...within(op, inner), op.shape);
  return ir.pad(op.arg, op.starts, op.steps, op.shape);
}
