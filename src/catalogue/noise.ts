/** Normally distributed numbers out of evenly spread ones. */
import type { Builder } from '../ir/builder.ts';
import { arg, e, number, unary } from '../ir/expr.ts';
import type { Shape, ValueId } from '../ir/program.ts';

/**
 * √(−2 ln u) cos(2πv) for u and v even in (0, 1): G. E. P. Box and M. E. Muller, "A note on the generation
 * of random normal deviates", Annals of Mathematical Statistics 29 (1958).
 */
export function gaussian(ir: Builder, random: (shape: Shape) => ValueId, shape: Shape): ValueId {
  const radius = unary('sqrt', e.mul(number(-2), unary('log', arg(0))));
  const angle = unary('cos', e.mul(number(2 * Math.PI), arg(1)));
  return ir.map([random(shape), random(shape)], e.mul(radius, angle));
}
