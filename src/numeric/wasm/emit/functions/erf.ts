/** The error function by two of W. J. Cody's quotients; see ir/erf.ts, which holds them. */
import { middleD, middleN, nearD, nearN } from '../../../../ir/erf.ts';
import type { Node } from '../dag.ts';
import type { Lanes } from '../lanes.ts';
import { exp } from './exp.ts';

/** Up to where the quotient near 0 is used: beyond Cody's 0.46875 it still has the digits of float32. */
const near = { float32: 0.9, float64: 0.46875 } as const;
/** From where on erf is 1 to the last place. */
const one = { float32: 4, float64: 6 } as const;

export function erf(v: Lanes, x: Node): Node {
  const size = v.minKeeping(v.abs(x), v.number(one[v.dtype]));
  const square = v.mul(size, size);
  const isNear = v.le(size, v.number(near[v.dtype]));
  const nearTop = v.mul(size, v.polynomial(square, nearN));
  const farTop = v.neg(v.mul(exp(v, v.neg(square)), v.polynomial(size, middleN)));
  const top = v.select(isNear, nearTop, farTop);
  const bottom = v.select(isNear, v.polynomial(square, nearD), v.polynomial(size, middleD));
  const start = v.andNot(v.number(1), isNear);
  return v.withSign(v.add(start, v.div(top, bottom)), x);
}
