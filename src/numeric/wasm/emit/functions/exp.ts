/** The exponential and the two squashing functions made of it. */
import type { Node } from '../dag.ts';
import type { Lanes } from '../lanes.ts';

/** Beyond these, eˣ is 0 or Infinity. */
const range = { float32: [-104, 89], float64: [-746, 710] } as const;

/** ln 2 in two parts; n times the first is exact for every n that occurs. */
const ln2 = {
  float32: [0.693359375, -2.1219444e-4],
  float64: [6.9314718036912381649e-1, 1.90821492927058770002e-10],
} as const;

/**
 * eˣ = 2ⁿ · eʳ with n the nearest whole number to x / ln 2. float32: eʳ by the polynomial of S. Moshier's
 * Cephes (expf); float64: by the rational form of Sun's fdlibm (e_exp.c), from R. Tang's remainder r(eʳ+1)/(eʳ−1).
 */
export function exp(v: Lanes, x: Node): Node {
  const [low, high] = range[v.dtype];
  const inside = v.clamp(x, low, high);
  const n = v.nearest(v.mul(inside, v.number(Math.LOG2E))).value;
  const [ln2High, ln2Low] = ln2[v.dtype];
  const upper = v.sub(inside, v.mul(n, v.number(ln2High)));
  const lower = v.mul(n, v.number(ln2Low));
  return v.scaleByPowerOfTwo(expOfRemainder(v, upper, lower), n);
}

/** e^(upper − lower) for |upper − lower| ≤ ln 2 / 2. */
function expOfRemainder(v: Lanes, upper: Node, lower: Node): Node {
  const r = v.sub(upper, lower);
  const r2 = v.mul(r, r);
  const one = v.number(1);
  if (v.dtype === 'float32') {
    const p = v.polynomial(
      r,
      [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
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
 * Near 0 by the odd approximations of Cephes (tanhf: a polynomial; tanh: a quotient), elsewhere by
 * 1 − 2 / (e^(2|x|) + 1). One division serves both.
 */
export function tanh(v: Lanes, x: Node): Node {
  const size = v.abs(x);
  const square = v.mul(x, x);
  const near = v.lt(size, v.number(0.625));
  const e = v.add(exp(v, v.add(size, size)), v.number(1));
  const minusTwo = v.number(-2);
  if (v.dtype === 'float32') {
    const p = v.polynomial(
      square,
      [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
    );
    const series = v.add(size, v.mul(v.mul(p, square), size));
    return v.withSign(v.select(near, series, v.add(v.number(1), v.div(minusTwo, e))), x);
  }
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
