/** Exponentials along the last axis that cannot overflow: the largest is shifted to e⁰. */
import type { Builder } from '../ir/builder.ts';
import { arg, e, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';

/**
 * For x of shape […, c]: exp(x − max), its sum […] and the shifted x. What is made of them does not
 * depend on the shift, so the maximum is a constant to differentiation.
 */
export function stableExponentials(ir: Builder, x: ValueId) {
  const rank = ir.shape(x).length;
  const all = Array.from({ length: rank }, (_, d) => d);
  const kept = all.slice(0, -1);
  const largest = ir.reduce('max', x, [rank - 1], true);
  const shifted = ir.map([x, largest], e.sub(arg(0), arg(1)), [all, kept]);
  const exponentials = ir.map([shifted], unary('exp', arg(0)));
  return { shifted, exponentials, sum: ir.sum(exponentials, [rank - 1]), all, kept };
}

/** exp(x) / Σ exp(x) along the last axis. One quotient a row, which is at most 1: its sum holds e⁰. */
export function softmaxAlongLast(ir: Builder, x: ValueId): ValueId {
  const { exponentials, sum, all, kept } = stableExponentials(ir, x);
  return ir.map([exponentials, ir.apply('recip', sum)], e.mul(arg(0), arg(1)), [all, kept]);
}
