/** The exponential and the two squashing functions made of it. */
import type { Node } from '../dag.ts';
import type { Lanes } from '../lanes.ts';

/**
 * Beyond these, eˣ is 0 or Infinity. The lower ones are so low that the last factor is 0 itself: a product
 * that is too small to be kept would take a hundred times as long, and masks are full of such.
 */
const range = {
  float32: [-252 * Math.LN2, 89],
  float64: [-2044 * Math.LN2, 710],
} as const;

/** ln 2 in two parts; n times the first is exact for every n that occurs. */
const ln2 = {
  float32: [0.693359375, -2.1219444e-4],
  float64: [6.9314718036912381649e-1, 1.90821492927058770002e-10],
} as const;

/**
 * eˣ = 2ⁿ · eʳ with n the nearest whole number to x / ln 2. float32: eʳ = 1 + r + r²·p(r), p the quartic
 * whose largest relative error is least (3·10⁻⁹); float64: by the rational form of Sun's fdlibm (e_exp.c), from R. Tang's remainder r(eʳ+1)/(eʳ−1).
 */
export function exp(v: Lanes, x: Node): Node {
  const [low, high] = range[v.dtype];
  const inside = v.clamp(x, low, high);
  const n = v.nearest(v.mul(inside, v.number(Math.LOG2E))).value;
  const [ln2High, ln2Low] = ln2[v.dtype];
  const upper = v.sub(inside, v.mul(n, v.number(ln2High)));
  const lower = v.mul(n, v.number(ln2Low));
  return scaled(v, expOfRemainder(v, upper, lower), n);
}

/**
 * a · 2ⁿ for a near 1, where 2ⁿ itself may be out of range: a · 2^(m−1), which never is, times 2^(n−m+1),
 * which rounds at most once.
 */
function scaled(v: Lanes, a: Node, n: Node): Node {
  const m = v.maxKeeping(n, v.number(3 - v.format.bias));
  return v.mul(v.mul(a, powerOfTwo(v, m, -1)), powerOfTwo(v, v.sub(n, m), 1));
}

/** 2^(n + more) for whole n: added to a large number, n stands in its low bits; they become an exponent. */
function powerOfTwo(v: Lanes, n: Node, more: number): Node {
  const { mantissaBits, bias } = v.format;
  return v.shiftLeft(v.add(n, v.number(1.5 * 2 ** mantissaBits + bias + more)), mantissaBits);
}

/** e^(upper − lower) for |upper − lower| ≤ ln 2 / 2. */
function expOfRemainder(v: Lanes, upper: Node, lower: Node): Node {
  const r = v.sub(upper, lower);
  const r2 = v.mul(r, r);
  const one = v.number(1);
  if (v.dtype === 'float32') {
    const p = v.polynomial(
      r,
      [
        1.381422160193324e-3, 8.36889911442995e-3, 4.166840389370918e-2, 1.666651964187622e-1,
        0.4999999403953552,
      ],
    );
    return v.add(v.add(v.mul(p, r2), r), one);
  }
  const p = v.polynomial(
    r2,
    [
      4.13813679705723846039e-8, -1.6533902205465251539e-6, 6.61375632143793436117e-5,
      -2.77777777770155933842e-3, 1.66666666666666019037e-1,
    ],
  );
  const c = v.sub(r, v.mul(r2, p));
  const quotient = v.div(v.mul(r, c), v.sub(v.number(2), c));
  return v.sub(one, v.sub(v.sub(lower, quotient), upper));
}

/** 1 / (1 + e⁻ˣ) by e^(−|x|), which cannot overflow and keeps its digits far to the left. */
export function sigmoid(v: Lanes, x: Node): Node {
  const one = v.number(1);
  const e = exp(v, v.neg(v.abs(x)));
  return v.div(v.select(v.lt(x, v.number(0)), e, one), v.add(one, e));
}

/**
 * float32: m / (m + 2) with m = e^(2|x|) − 1. For |x| = n·ln 2 / 2 + h, m = 2ⁿ·q + (2ⁿ − 1) with
 * q = e^(2h) − 1 = 2h + h²·p(h), which keeps all digits near 0; p is the quartic whose largest relative
 * error is least (1.4·10⁻⁸).
 */
function tanh32(v: Lanes, x: Node): Node {
  // Beyond 10 the quotient is 1.
  const size = v.minKeeping(v.abs(x), v.number(10));
  const n = v.nearest(v.mul(size, v.number(2 * Math.LOG2E))).value;
  const [high, low] = ln2.float32;
  const h = v.sub(v.sub(size, v.mul(n, v.number(high / 2))), v.mul(n, v.number(low / 2)));
  const p = v.polynomial(
    h,
    [0.08884792774915695, 0.2677341401576996, 0.6666752696037292, 1.333323359489441, 1.9999998807907104],
  );
  const q = v.add(v.mul(v.mul(h, h), p), v.add(h, h));
  const power = powerOfTwo(v, n, 0);
  const m = v.add(v.mul(q, power), v.sub(power, v.number(1)));
  return v.withSign(v.div(m, v.add(m, v.number(2))), x);
}

/** Near 0 by the odd quotient of Cephes (tanh), elsewhere by 1 − 2 / (e^(2|x|) + 1). One division serves both. */
export function tanh(v: Lanes, x: Node): Node {
  if (v.dtype === 'float32') return tanh32(v, x);
  const size = v.abs(x);
  const square = v.mul(x, x);
  const near = v.lt(size, v.number(0.625));
  const e = v.add(exp(v, v.add(size, size)), v.number(1));
  const minusTwo = v.number(-2);
  const p = v.polynomial(
    square,
    [-9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3],
  );
  const q = v.polynomial(
    square,
    [1, 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3],
  );
  const numerator = v.select(near, v.mul(v.mul(size, square), p), minusTwo);
  const correction = v.div(numerator, v.select(near, q, e));
  return v.withSign(v.add(v.select(near, size, v.number(1)), correction), x);
}
