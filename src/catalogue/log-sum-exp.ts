/** Exponentials along the last axis that cannot overflow: the largest is shifted to e⁰. */
import type { Builder } from '../ir/builder.ts';
import { arg, binary, e, number, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';

/**
 * For x of shape […, c]: exp(x − max) and the shifted x. What is made of them does not
 * depend on the shift, so the maximum is a constant to differentiation.
 */
function stableExponentials(ir: Builder, x: ValueId) {
  const rank = ir.shape(x).length;
  const all = Array.from({ length: rank }, (_, d) => d);
  const kept = all.slice(0, -1);
  const largest = ir.reduce('max', x, [rank - 1], true);
  const shifted = ir.map([x, largest], e.sub(arg(0), arg(1)), [all, kept]);
  return { shifted, exponentials: ir.map([shifted], unary('exp', arg(0))), all, kept };
}

/** exp(x) / Σ exp(x) along the last axis. One quotient a row, which is at most 1: its sum holds e⁰. */
export function softmaxAlongLast(ir: Builder, x: ValueId): ValueId {
  const { exponentials, all, kept } = stableExponentials(ir, x);
  const inverse = ir.apply('recip', ir.sum(exponentials, [kept.length]));
  return ir.append({
    kind: 'map',
    args: [exponentials, inverse, x],
    axes: [all, kept, all],
    expr: e.mul(arg(0), arg(1)),
    softmax: true,
    shape: ir.shape(x),
  });
}

/**
 * x − max along the last axis, and Σ exp(x − max) − 1 of each row, whose log1p is the logarithm of the sum: with
 * all digits where one score is far above the others and their sum is lost beside its e⁰ = 1. That 1 is taken from
 * each largest term, before the sum, and given back for all but one of them.
 */
export function logSumExp(ir: Builder, x: ValueId) {
  const { shifted, exponentials, all, kept } = stableExponentials(ir, x);
  const isLargest = binary('eq', arg(1), number(0));
  const beside = ir.map([exponentials, shifted], e.sub(arg(0), isLargest));
  const largest = ir.map([shifted], binary('eq', arg(0), number(0)));
  const [rest, ties] = [beside, largest].map((terms) => ir.sum(terms, [kept.length])) as [ValueId, ValueId];
  return { shifted, excess: ir.map([rest, ties], e.add(arg(0), e.sub(arg(1), number(1)))), all, kept };
}

/** log softmax along the last axis. */
export function logSoftmax(ir: Builder, x: ValueId): ValueId {
  const { shifted, excess, all, kept } = logSumExp(ir, x);
  return ir.map([shifted, excess], e.sub(arg(0), unary('log1p', arg(1))), [all, kept]);
}
