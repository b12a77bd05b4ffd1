/**
 * Reverse-mode differentiation, from program to program: the operations that compute the gradient are
 * appended to the same builder and are themselves differentiable, so gradients nest to any depth.
 */
import type { Builder } from './builder.ts';
import { derivative, product } from './derivative.ts';
import { arg, binary, e, number, replacePart, select, substituteArgs } from './expr.ts';
import {
  argsOf,
  type ConcatOp,
  type ContractOp,
  type MapOp,
  type Op,
  type ReduceOp,
  type ValueId,
} from './program.ts';
import { pullBackScan } from './scan-derivatives.ts';

/**
 * ∂y/∂x for a scalar y and each x of `by`; shapes are those of the x. An x that y does not depend on
 * has gradient 0.
 *
 * A value's contributions are added one by one to one running sum, that of its last user first, so that a
 * recurrence, which comes to them backwards in time, has the order of its iterations written out: to the bit.
 * `sums`, beside some of `by`: what their contributions are added to; an x without any has that for gradient.
 */
export function gradient(
  ir: Builder,
  y: ValueId,
  by: readonly ValueId[],
  sums: readonly (ValueId | undefined)[] = [],
): ValueId[] {
  if (ir.shape(y).length > 0) throw new Error('internal: only a scalar can be differentiated');
  const depends = dependents(ir.ops, by, y);
  const cotangents = new Map<ValueId, ValueId>();
  for (const [i, sum] of sums.entries()) if (sum !== undefined) cotangents.set(by[i] as ValueId, sum);
  cotangents.set(y, ir.full([], 1));
  const accumulate = (value: ValueId, term: ValueId) => {
    if (!depends.has(value)) return;
    const sum = cotangents.get(value);
    cotangents.set(value, sum === undefined ? term : ir.add(sum, term));
  };
  /** Of scans, by the position of the result. */
  const tuples = new Map<ValueId, (ValueId | undefined)[]>();
  // Users come after what they use, so a value's cotangent is complete when the walk reaches it.
  const { derives } = ir;
  for (let value = y; value >= 0; value--) {
    const op = ir.op(value);
    ir.derives = op.derives ?? op.source;
    const cotangent = cotangents.get(value);
    if (op.kind === 'scan') {
      const results = tuples.get(value);
      if (!results) continue;
      const wanted = op.args.map((a) => depends.has(a));
      const sums = op.args.map((a) => cotangents.get(a));
      const pulled = pullBackScan(ir, value, results, wanted, sums, gradient);
      for (const [a, sum] of pulled.sums) cotangents.set(a, sum);
      for (const [a, term] of pulled.terms) accumulate(a, term);
    } else if (cotangent === undefined || !depends.has(value)) continue;
    else if (op.kind === 'result') {
      const results = tuples.get(op.arg) ?? [];
      const sum = results[op.index];
      results[op.index] = sum === undefined ? cotangent : ir.add(sum, cotangent);
      tuples.set(op.arg, results);
    } else pullBack(ir, value, cotangent, depends, accumulate);
  }
  ir.derives = derives;
  return by.map((x) => cotangents.get(x) ?? ir.full(ir.shape(x), 0));
}

/** All values up to y that some x of `by` flows into, these included. */
export function dependents(ops: readonly Op[], by: readonly ValueId[], y: ValueId): Set<ValueId> {
  const found = new Set(by);
  for (let value = 0; value <= y; value++)
    if (argsOf(ops[value] as Op).some((a) => found.has(a))) found.add(value);
  return found;
}

/** All values that y is computed from, y included. */
export function sources(ops: readonly Op[], y: ValueId): Set<ValueId> {
  const found = new Set([y]);
  for (let value = y; value >= 0; value--)
    if (found.has(value)) for (const a of argsOf(ops[value] as Op)) found.add(a);
  return found;
}

type Accumulate = (value: ValueId, term: ValueId) => void;

function pullBack(
  ir: Builder,
  value: ValueId,
  cotangent: ValueId,
  depends: Set<ValueId>,
  accumulate: Accumulate,
): void {
  const op = ir.op(value);
  switch (op.kind) {
    case 'contract':
      pullBackContract(ir, op, cotangent, depends, accumulate);
      break;
    case 'map':
      pullBackMap(ir, op, value, cotangent, depends, accumulate);
      break;
    case 'reduce':
      if (op.reduce !== 'argmax' && !op.detached) pullBackExtremum(ir, op, value, cotangent, accumulate);
      break;
    case 'reshape':
      accumulate(op.arg, ir.reshape(cotangent, ir.shape(op.arg)));
      break;
    case 'slice':
      accumulate(op.arg, ir.pad(cotangent, op.starts, op.steps, ir.shape(op.arg)));
      break;
    case 'pad':
      accumulate(op.arg, ir.slice(cotangent, op.starts, op.steps, ir.shape(op.arg)));
      break;
    case 'window':
      accumulate(op.arg, ir.fold(cotangent, op.axis, ir.shape(op.arg)[op.axis] as number, op));
      break;
    case 'fold': {
      const [positions, size] = ir.shape(op.arg).slice(op.axis);
      accumulate(
        op.arg,
        ir.window(cotangent, op.axis, size as number, { ...op, positions: positions as number }),
      );
      break;
    }
    case 'concat':
      pullBackConcat(ir, op, cotangent, accumulate);
      break;
    case 'gather':
      accumulate(op.data, ir.scatterAdd(op.indices, cotangent, ir.shape(op.data)[0] as number));
      break;
    case 'scatterAdd':
      accumulate(op.updates, ir.gather(cotangent, op.indices));
      break;
    // Scans and their results are walked through by `gradient` itself.
    case 'scan':
    case 'result':
    case 'input':
    case 'constant':
    case 'iota':
    case 'random':
      break;
  }
}

/** The derivative of a product by one factor is the product of the others, contracted with the cotangent. */
function pullBackContract(
  ir: Builder,
  op: ContractOp,
  cotangent: ValueId,
  depends: Set<ValueId>,
  accumulate: Accumulate,
): void {
  for (const [k, factor] of op.args.entries()) {
    if (!depends.has(factor)) continue;
    const others = op.args.filter((_, j) => j !== k);
    const labels = op.inputs.filter((_, j) => j !== k);
    const { sizes, scale } = op;
    accumulate(
      factor,
      ir.contract([cotangent, ...others], [op.output, ...labels], op.inputs[k] as readonly number[], {
        sizes,
        scale,
      }),
    );
  }
}

function pullBackMap(
  ir: Builder,
  op: MapOp,
  value: ValueId,
  cotangent: ValueId,
  depends: Set<ValueId>,
  accumulate: Accumulate,
): void {
  const all = op.shape.map((_, d) => d);
  for (const [k, operand] of op.args.entries()) {
    const partial = depends.has(operand) ? derivative(op.expr, k) : undefined;
    if (partial === undefined) continue;
    // Arguments: the cotangent, the result (tanh' = 1 − tanh² computes no second tanh), the operands.
    const known = replacePart(partial, op.expr, arg(-1));
    const expr = substituteArgs(product(arg(-2), known), (i) => arg(i + 2));
    const term = ir.map([cotangent, value, ...op.args], expr, [all, all, ...op.axes], op.shape);
    accumulate(operand, ir.contract([term], [all], op.axes[k] as readonly number[]));
  }
}

/** Each operand's part of the cotangent. */
function pullBackConcat(ir: Builder, op: ConcatOp, cotangent: ValueId, accumulate: Accumulate): void {
  let start = 0;
  for (const operand of op.args) {
    const shape = ir.shape(operand);
    accumulate(operand, ir.part(cotangent, op.axis, start, shape[op.axis] as number));
    start += shape[op.axis] as number;
  }
}

/** Each element that attains the extremum gets an equal share, as in PyTorch's amax. */
function pullBackExtremum(
  ir: Builder,
  op: ReduceOp,
  value: ValueId,
  cotangent: ValueId,
  accumulate: Accumulate,
): void {
  const shape = ir.shape(op.arg);
  const all = shape.map((_, d) => d);
  const kept = all.filter((d) => !op.axes.includes(d));
  const attains = ir.map(
    [op.arg, value],
    select(binary('eq', arg(0), arg(1)), number(1), number(0)),
    [all, kept],
    shape,
  );
  const count = ir.sum(attains, op.axes);
  const share = e.div(e.mul(arg(0), arg(1)), arg(2));
  accumulate(op.arg, ir.map([attains, cotangent, count], share, [all, kept, kept], shape));
}
