/** An expression, element by element. */
import type { Builder } from '../builder.ts';
import { derivative, product } from '../derivative.ts';
import { arg, argsUsed, type Expr, e, printExpr, replacePart, substituteArgs } from '../expr.ts';
import type { MapOp, ValueId } from '../program.ts';
import { type OpRules, readsMany, sameShape } from './rules.ts';

export const map: OpRules<MapOp> = {
  ...readsMany(),
  fault({ args, axes, expr, shape }, { shapeOf }) {
    if ([...argsUsed(expr)].some((i) => i >= args.length))
      return 'its expression reads an operand it does not have';
    for (const [k, a] of args.entries()) {
      const along = axes[k] ?? [];
      if (new Set(along).size !== along.length) return `operand ${k} runs twice along one axis`;
      const fits = sameShape(
        along.map((axis) => shape[axis] ?? 0),
        shapeOf(a),
      );
      if (!fits) return `operand ${k} does not fit its axes`;
    }
    return undefined;
  },
  print({ args, axes, expr, shape }) {
    const operand = (i: number) => {
      const along = axes[i] as readonly number[];
      const whole = along.length === shape.length && along.every((a, d) => a === d);
      return `%${args[i]}${whole ? '' : `[${along.join(' ')}]`}`;
    };
    return `map ${printExpr(expr, operand)}`;
  },
  differentiableArgs: ({ args, expr, softmax }) =>
    softmax ? args.slice(-1) : args.filter((_, k) => derivative(expr, k) !== undefined),
  pullBack({ args, axes, expr, softmax, shape }, { ir, value, cotangent, isWanted, add }) {
    const all = shape.map((_, d) => d);
    if (softmax) return add(args.at(-1) as ValueId, throughSoftmax(ir, value, cotangent));
    for (const [k, operand] of args.entries()) {
      const partial = isWanted(operand) ? derivative(expr, k) : undefined;
      if (partial === undefined) continue;
      // Arguments: the cotangent, the result (tanh' = 1 − tanh² computes no second tanh), the operands.
      const known = replacePart(partial, expr, arg(-1));
      const factor = substituteArgs(product(arg(-2), known), (i) => arg(i + 2));
      const term = ir.map([cotangent, value, ...args], factor, [all, all, ...axes], shape);
      add(operand, ir.contract([term], [all], axes[k] as readonly number[]));
    }
  },
  /** The chain rule, all terms in one map: Σₖ ∂expr/∂argₖ · tangentₖ; undefined where no derivative is left. */
  push(op, { ir, value, tangents }) {
    if (op.softmax) {
      const tangent = tangents.get(op.args.at(-1) as ValueId);
      return tangent === undefined ? undefined : throughSoftmax(ir, value, tangent);
    }
    const all = op.shape.map((_, d) => d);
    const args: ValueId[] = [value, ...op.args];
    const axes = [all, ...op.axes];
    let sum: Expr | undefined;
    for (const [k, operand] of op.args.entries()) {
      const tangent = tangents.get(operand);
      const partial = tangent === undefined ? undefined : derivative(op.expr, k);
      if (tangent === undefined || partial === undefined) continue;
      // The result itself is at hand here, too.
      const here = substituteArgs(replacePart(partial, op.expr, arg(-1)), (i) => arg(i + 1));
      const term = product(here, arg(args.push(tangent) - 1));
      sum = sum === undefined ? term : e.add(sum, term);
      axes.push(op.axes[k] as readonly number[]);
    }
    return sum && ir.map(args, sum, axes, op.shape);
  },
};

/**
 * y (g − Σ g y), the derivative of y = softmax x times a direction, backwards and forwards alike: its matrix is
 * symmetric. What is rounded in g cancels where it must, since the same g is summed.
 */
function throughSoftmax(ir: Builder, y: ValueId, g: ValueId): ValueId {
  const all = ir.shape(y).map((_, d) => d);
  const kept = all.slice(0, -1);
  const sum = ir.contract([g, y], [all, all], kept);
  return ir.map([y, g, sum], e.mul(arg(0), e.sub(arg(1), arg(2))), [all, all, kept], ir.shape(y));
}
