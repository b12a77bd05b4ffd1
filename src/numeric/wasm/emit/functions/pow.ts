/**
 * xʸ. A plain exp(y · log x) would lose as many digits as y · log x has before the point, so float64
 * takes the logarithm to about 68 bits, after Sun's fdlibm (e_pow.c), and float32 goes through float64.
 * Special cases are those of JavaScript: x⁰ is 1, (±1)^±∞ is NaN, a negative x needs a whole y.
 */
import type { Node } from '../dag.ts';
import { type Lanes, throughDouble } from '../lanes.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { split } from './split.ts';

export function pow(v: Lanes, x: Node, y: Node): Node {
  const size = v.abs(x);
  const value =
    v.dtype === 'float32'
      ? throughDouble(v, [size, y], (double, a, b) => exp(double, double.mul(b, log(double, a))))
      : powOfPositive(v, size, y);

  const [zero, one, half] = [v.number(0), v.number(1), v.number(0.5)];
  const whole = v.eq(v.floor(y), y);
  const halfY = v.mul(y, half);
  const odd = v.andNot(whole, v.eq(v.floor(halfY), halfY));
  // −0 to an odd power keeps its sign, too.
  const signed = v.or(value, v.and(v.signOf(x), odd));
  const undefinedHere = v.andNot(v.and(v.lt(x, zero), v.lt(v.number(Number.NEGATIVE_INFINITY), x)), whole);
  const defined = v.select(undefinedHere, v.number(Number.NaN), signed);
  return v.select(v.eq(y, zero), one, defined);
}

const L = [
  2.06975017800338417784e-1, 2.30660745775561754067e-1, 2.72728123808534006489e-1, 3.33333329818377432918e-1,
  4.28571428578550184252e-1, 5.99999999999994648725e-1,
];
const P = [
  4.13813679705723846039e-8, -1.6533902205465251539e-6, 6.61375632143793436117e-5, -2.77777777770155933842e-3,
  1.66666666666666019037e-1,
];
/** 2 / (3 ln 2), its head and what the head lacks. */
const cp = [9.61796693925975554329e-1, 9.61796700954437255859e-1, -7.02846165095275826516e-9] as const;
/** log₂ 1.5: head and rest. */
const log2OfHalves = [5.84962487220764160156e-1, 1.35003920212974897128e-8] as const;
const ln2 = [6.93147180559945286227e-1, 6.93147182464599609375e-1, -1.90465429995776804525e-9] as const;

/** The value with the lower half of its bits cleared, so that products of two such are exact. */
const head = (v: Lanes, a: Node): Node => v.and(a, v.integer(~0xffffffffn));

/** float64, x ≥ 0 or NaN. Names follow fdlibm's, whose comments derive each line. */
function powOfPositive(v: Lanes, x: Node, y: Node): Node {
  const { high: t1, low: t2 } = log2InTwoParts(v, x);
  const infinity = v.number(Number.POSITIVE_INFINITY);

  // y · log₂ x in two parts, and the same in one for the decisions.
  const y1 = head(v, y);
  const pLow = v.add(v.mul(v.sub(y, y1), t1), v.mul(y, t2));
  const pHigh = v.mul(y1, t1);
  const exponent = v.mul(y, v.add(t1, t2));
  const n = v.nearest(v.clamp(exponent, -1100, 1100)).value;
  const r = v.sub(pHigh, n);

  const t = head(v, v.add(pLow, r));
  const u = v.mul(t, v.number(ln2[1]));
  const w0 = v.add(v.mul(v.sub(pLow, v.sub(t, r)), v.number(ln2[0])), v.mul(t, v.number(ln2[2])));
  const z = v.add(u, w0);
  const w = v.sub(w0, v.sub(z, u));
  const z2 = v.mul(z, z);
  const c = v.sub(z, v.mul(z2, v.polynomial(z2, P)));
  const quotient = v.sub(v.div(v.mul(z, c), v.sub(c, v.number(2))), v.add(w, v.mul(z, w)));
  const value = v.scaleByPowerOfTwo(v.sub(v.number(1), v.sub(quotient, z)), n);

  const over = v.select(v.le(v.number(1025), exponent), infinity, value);
  const under = v.select(v.le(exponent, v.number(-1080)), v.number(0), over);
  return v.select(v.eq(exponent, exponent), under, exponent);
}

/** log₂ x as head + rest. Zero gives −∞ and infinity +∞ in the rest. */
function log2InTwoParts(v: Lanes, x: Node): { high: Node; low: Node } {
  const number = (value: number) => v.number(value);
  // x = 2ⁿ · a with √3/2 ≤ a < √3, nearer to 1 or to 1.5.
  const { k: n, m: a } = split(v, x, 'rootThreeQuarters');
  const upper = v.lt(number(Math.sqrt(1.5)), a);
  const base = v.select(upper, number(1.5), number(1));

  // s = (a − base) / (a + base) in two parts.
  const difference = v.sub(a, base);
  const sum = v.add(a, base);
  const inverse = v.div(number(1), sum);
  const s = v.mul(difference, inverse);
  const sHigh = head(v, s);
  const sumHigh = head(v, sum);
  const sumLow = v.sub(a, v.sub(sumHigh, base));
  const sLow = v.mul(inverse, v.sub(v.sub(difference, v.mul(sHigh, sumHigh)), v.mul(sHigh, sumLow)));

  // log a − log base = s · (3 + s² + …) · ⅔
  const s2 = v.mul(s, s);
  const r = v.add(v.mul(v.mul(s2, s2), v.polynomial(s2, L)), v.mul(sLow, v.add(sHigh, s)));
  const head2 = v.mul(sHigh, sHigh);
  const three = number(3);
  const tHigh = head(v, v.add(v.add(three, head2), r));
  const tLow = v.sub(r, v.sub(v.sub(tHigh, three), head2));
  const u = v.mul(sHigh, tHigh);
  const w = v.add(v.mul(sLow, tHigh), v.mul(tLow, s));
  const pHigh = head(v, v.add(u, w));
  const pLow = v.sub(w, v.sub(pHigh, u));

  const dHigh = v.and(upper, number(log2OfHalves[0]));
  const dLow = v.and(upper, number(log2OfHalves[1]));
  const zHigh = v.mul(number(cp[1]), pHigh);
  const zLow = v.add(v.add(v.mul(number(cp[2]), pHigh), v.mul(pLow, number(cp[0]))), dLow);
  const high = head(v, v.add(v.add(v.add(zHigh, zLow), dHigh), n));
  const low = v.sub(zLow, v.sub(v.sub(v.sub(high, n), dHigh), zHigh));

  const isZero = v.eq(x, number(0));
  const bounded = v.lt(x, number(Number.POSITIVE_INFINITY));
  const special = v.select(isZero, number(Number.NEGATIVE_INFINITY), x);
  const ordinary = v.andNot(bounded, isZero);
  return { high: v.and(high, ordinary), low: v.select(ordinary, low, special) };
}
