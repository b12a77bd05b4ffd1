/** The natural logarithm, log(1 + x) and log(1 + eˣ). */
import type { Node } from '../dag.ts';
import type { Lanes } from '../lanes.ts';
import { exp } from './exp.ts';
import { split } from './split.ts';

/** Sun's fdlibm, e_log.c and e_logf.c: log(1+f) = f − f²/2 + s(f²/2 + R(s²)), s = f / (2 + f); R's coefficients. */
const remainder = {
  float32: [0.24279078841, 0.28498786688, 0.40000972152, 0.66666662693],
  float64: [
    1.479819860511658591e-1, 1.531383769920937332e-1, 1.818357216161805012e-1, 2.222219843214978396e-1,
    2.857142874366239149e-1, 3.999999999940941908e-1, 6.66666666666673513e-1,
  ],
} as const;

const ln2 = {
  float32: [6.9313812256e-1, 9.0580006145e-6],
  float64: [6.9314718036912381649e-1, 1.90821492927058770002e-10],
} as const;

/** log(2ᵏ · (1 + f)) + more for √½ ≤ 1 + f ≤ √2. */
function logOfParts(v: Lanes, k: Node, f: Node, more?: Node): Node {
  const s = v.div(f, v.add(v.number(2), f));
  const z = v.mul(s, s);
  const r = v.mul(z, v.polynomial(z, remainder[v.dtype]));
  const half = v.mul(v.mul(f, f), v.number(0.5));
  const [ln2High, ln2Low] = ln2[v.dtype];
  const low = v.mul(k, v.number(ln2Low));
  const small = v.add(v.mul(s, v.add(half, r)), more ? v.add(low, more) : low);
  return v.sub(v.mul(k, v.number(ln2High)), v.sub(v.sub(half, small), f));
}

export function log(v: Lanes, x: Node): Node {
  const zero = v.number(0);
  const { k, m } = split(v, x, 'rootHalf');
  const value = logOfParts(v, k, v.sub(m, v.number(1)));
  const atZero = v.select(v.eq(x, zero), v.number(Number.NEGATIVE_INFINITY), value);
  const infinity = v.number(Number.POSITIVE_INFINITY);
  // x < 0 and NaN fail the first comparison, Infinity the second.
  const outside = v.select(v.lt(x, zero), v.number(Number.NaN), x);
  const inside = v.and(v.le(zero, x), v.lt(x, infinity));
  return v.select(inside, atZero, outside);
}

/** As fdlibm's s_log1p.c: the logarithm of u = 1 + x, and what u has lost in rounding, (x − (u − 1)) / u. */
export function log1p(v: Lanes, x: Node): Node {
  const one = v.number(1);
  const u = v.add(one, x);
  const { k, m } = split(v, u, 'rootHalf');
  const lost = v.select(v.lt(x, one), v.sub(x, v.sub(u, one)), v.sub(one, v.sub(u, x)));
  const value = logOfParts(v, k, v.sub(m, one), v.div(lost, u));
  const least = v.number(-1);
  const atLeast = v.select(v.eq(x, least), v.number(Number.NEGATIVE_INFINITY), value);
  // x < −1 and NaN fail the first comparison, Infinity the second; −0 and what is too small for u is itself.
  const outside = v.select(v.lt(x, least), v.number(Number.NaN), x);
  const inside = v.and(v.le(least, x), v.lt(x, v.number(Number.POSITIVE_INFINITY)));
  return v.select(v.andNot(inside, v.eq(u, one)), atLeast, outside);
}

/** max(x, 0) + log(1 + e^(−|x|)); the logarithm's argument lies in [1, 2]. */
export function softplus(v: Lanes, x: Node): Node {
  const u = exp(v, v.neg(v.abs(x)));
  const one = v.number(1);
  // 1 + u is either 2⁰ · (1 + u) or 2¹ · (1 + (u − 1)/2): u itself is never rounded.
  const upper = v.lt(v.number(Math.SQRT2 - 1), u);
  const f = v.select(upper, v.mul(v.sub(u, one), v.number(0.5)), u);
  return v.add(v.maxKeeping(x, v.number(0)), logOfParts(v, v.and(upper, one), f));
}
