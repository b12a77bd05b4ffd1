/**
 * Forward-mode differentiation, from program to program: the operations that carry a tangent along are
 * appended to the same builder. One pass gives the derivative of everything in one direction, which is
 * cheaper than reverse mode where there are more results than directions; applied to a gradient it is
 * the product of the Hessian and a vector without the Hessian: B. A. Pearlmutter, "Fast exact
 * multiplication by the Hessian", Neural Computation 6 (1994), section 3.
 */
import type { Builder } from './builder.ts';
import { derivative, product } from './derivative.ts';
import { arg, binary, type Expr, e, number, replacePart, select, substituteArgs } from './expr.ts';
import { dependents } from './gradient.ts';
import { argsOf, type ContractOp, type MapOp, type ReduceOp, type ScanOp, type ValueId } from './program.ts';
import { withArgs } from './rebuild.ts';
import { result } from './scan.ts';
import { pushScan } from './scan-derivatives.ts';

/**
 * Σ over x of `by` of (∂y/∂x) · tangent(x): the change of y when each x changes at the rate of its tangent.
 * A tangent has the shape of its x; the result has the shape of y, and is 0 where y depends on no x.
 */
export function directional(
  ir: Builder,
  y: ValueId,
  by: readonly ValueId[],
  tangents: readonly ValueId[],
): ValueId {
  const depends = dependents(ir.ops, by, y);
  const known = new Map(by.map((x, i) => [x, tangents[i] as ValueId]));
  // Operations are appended while the walk goes on; those up to y stay where they are.
  const { derives } = ir;
  for (let value = 0; value <= y; value++) {
    if (!depends.has(value) || known.has(value)) continue;
    ir.derives = ir.op(value).derives ?? ir.op(value).source;
    const tangent = pushForward(ir, value, known);
    if (tangent !== undefined) known.set(value, tangent);
  }
  ir.derives = derives;
  return known.get(y) ?? ir.full(ir.shape(y), 0);
}

type Tangents = ReadonlyMap<ValueId, ValueId>;

/** The tangent of one operation's value, given those of its arguments; undefined where it is 0. */
function pushForward(ir: Builder, value: ValueId, known: Tangents): ValueId | undefined {
  const op = ir.op(value);
  if (!argsOf(op).some((a) => known.has(a))) return undefined;
  switch (op.kind) {
    case 'contract':
      return pushContract(ir, op, known);
    case 'map':
      return pushMap(ir, op, value, known);
    case 'reduce':
      return op.reduce === 'argmax' || op.detached ? undefined : pushExtremum(ir, op, value, known);
    case 'scan':
      return pushScan(ir, op, known, directional);
    case 'result':
      return result(ir, known.get(op.arg) as ValueId, op.index + (ir.op(op.arg) as ScanOp).carries);
    case 'input':
    case 'constant':
    case 'iota':
    case 'random':
      return undefined;
    default: {
      // All others are linear in what they move, and the rows they move it by have no tangent.
      const fixed = op.kind === 'gather' || op.kind === 'scatterAdd' ? op.indices : undefined;
      return ir.append(withArgs(op, (a) => (a === fixed ? a : (known.get(a) ?? ir.full(ir.shape(a), 0)))));
    }
  }
}

/** The product rule: each factor in turn gives way to its tangent. */
function pushContract(
  ir: Builder,
  { args, inputs, output, sizes, scale }: ContractOp,
  known: Tangents,
): ValueId {
  const terms = args.flatMap((factor, k) => {
    const tangent = known.get(factor);
    if (tangent === undefined) return [];
    const product = args.map((a, j) => (j === k ? tangent : a));
    return [ir.contract(product, inputs, output, { sizes, scale })];
  });
  return terms.reduce((sum, term) => ir.add(sum, term));
}

/** The chain rule, all terms in one map: Σₖ ∂expr/∂argₖ · tangentₖ; undefined where no derivative is left. */
function pushMap(ir: Builder, op: MapOp, value: ValueId, known: Tangents): ValueId | undefined {
  const all = op.shape.map((_, d) => d);
  const args: ValueId[] = [value, ...op.args];
  const axes = [all, ...op.axes];
  let sum: Expr | undefined;
  for (const [k, operand] of op.args.entries()) {
    const tangent = known.get(operand);
    const partial = tangent === undefined ? undefined : derivative(op.expr, k);
    if (tangent === undefined || partial === undefined) continue;
    // The result itself is at hand: tanh' = 1 − tanh² computes no second tanh.
    const here = substituteArgs(replacePart(partial, op.expr, arg(-1)), (i) => arg(i + 1));
    const term = product(here, arg(args.push(tangent) - 1));
    sum = sum === undefined ? term : e.add(sum, term);
    axes.push(op.axes[k] as readonly number[]);
  }
  return sum && ir.map(args, sum, axes, op.shape);
}

/** The mean over the elements that attain the extremum, the transpose of what reverse mode does. */
function pushExtremum(ir: Builder, op: ReduceOp, value: ValueId, known: Tangents): ValueId {
  const shape = ir.shape(op.arg);
  const all = shape.map((_, d) => d);
  const kept = all.filter((d) => !op.axes.includes(d));
  const attains = select(binary('eq', arg(0), arg(1)), number(1), number(0));
  const mask = ir.map([op.arg, value], attains, [all, kept], shape);
  const chosen = ir.contract([mask, known.get(op.arg) as ValueId], [all, all], kept);
  return ir.map([chosen, ir.sum(mask, op.axes)], e.div(arg(0), arg(1)));
}
