/**
 * Sine and cosine: x = n · π/2 + r by subtracting parts of π/2 (W. Cody and W. Waite, "Software Manual
 * for the Elementary Functions", 1980), then polynomials in r. Full accuracy to |x| = 2²⁰; what is larger
 * is computed by a kernel instead (large-angles.ts).
 */
import type { Node } from '../dag.ts';
import { type Lanes, throughDouble } from '../lanes.ts';

/** r and what r lost in rounding; the quarter turns are in the low bits. */
interface Reduced {
  readonly r: Node;
  readonly rest: Node;
  readonly turns: Node;
}

/** π/2 in parts of 33 bits, the products with n exact; the last carries its remainder (fdlibm, e_rem_pio2.c). */
const parts = [1.57079632673412561417, 6.0771005063039659766e-11, 2.0222662487111664558e-21] as const;
const lastPart = 8.47842766036889956997e-32;
/** A little over π/4: a remainder cannot be larger, unless |x| is so large that none is known. */
const widest = 0.8;

function reduce(v: Lanes, x: Node): Reduced {
  const { value: n, bits: turns } = v.nearest(v.mul(x, v.number(2 / Math.PI)));
  let r = x;
  let lost = v.number(0);
  for (const part of parts) {
    const product = v.mul(n, v.number(part));
    const next = v.sub(r, product);
    // What the subtraction rounded away (exact, because |product| ≤ 2|r| or r is far larger).
    lost = v.add(lost, v.sub(v.sub(r, next), product));
    r = next;
  }
  const tail = v.sub(lost, v.mul(n, v.number(lastPart)));
  const sum = v.add(r, tail);
  const rest = v.add(v.sub(r, sum), tail);
  return { r: v.clamp(sum, -widest, widest), rest: v.clamp(rest, -(2 ** -53), 2 ** -53), turns };
}

/** The float64 remainder of float32 lanes, so that even results near zero have all their digits. */
function reduceThroughDouble(v: Lanes, x: Node): Reduced {
  let turns: Node[] = [];
  const r = throughDouble(v, [x], (double, wide) => {
    const { value: n, bits } = double.nearest(double.mul(wide, double.number(2 / Math.PI)));
    turns = [...turns, bits];
    const first = double.sub(wide, double.mul(n, double.number(parts[0])));
    return double.clamp(double.sub(first, double.mul(n, double.number(parts[1]))), -widest, widest);
  });
  // The low halves of the four 64-bit counts.
  const [low, high] = turns as [Node, Node];
  return {
    r,
    rest: v.number(0),
    turns: v.shuffle(
      low,
      high,
      [0, 8, 16, 24].flatMap((b) => [b, b + 1, b + 2, b + 3]),
    ),
  };
}

/** sin r; fdlibm's k_sin.c, and Cephes' sinf. */
function sineNear(v: Lanes, { r, rest }: Reduced): Node {
  const z = v.mul(r, r);
  if (v.dtype === 'float32') {
    const p = v.polynomial(z, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]);
    return v.add(r, v.mul(v.mul(p, z), r));
  }
  const p = v.polynomial(
    z,
    [
      1.58969099521155010221e-10, -2.50507602534068634195e-8, 2.75573137070700676789e-6,
      -1.98412698298579493134e-4, 8.33333333332248946124e-3,
    ],
  );
  const cube = v.mul(z, r);
  const correction = v.sub(v.mul(z, v.sub(v.mul(v.number(0.5), rest), v.mul(cube, p))), rest);
  return v.sub(r, v.sub(correction, v.mul(cube, v.number(-1.66666666666666324348e-1))));
}

/** cos r; fdlibm's k_cos.c, and Cephes' cosf. */
function cosineNear(v: Lanes, { r, rest }: Reduced): Node {
  const z = v.mul(r, r);
  const one = v.number(1);
  const half = v.mul(z, v.number(0.5));
  if (v.dtype === 'float32') {
    const p = v.polynomial(z, [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2]);
    return v.add(v.sub(v.mul(v.mul(z, z), p), half), one);
  }
  const p = v.polynomial(
    z,
    [
      -1.13596475577881948265e-11, 2.0875723212981748279e-9, -2.75573143513906633035e-7,
      2.48015872894767294178e-5, -1.38888888888741095749e-3, 4.16666666666666019037e-2,
    ],
  );
  const whole = v.sub(one, half);
  const lost = v.sub(v.sub(one, whole), half);
  return v.add(whole, v.add(lost, v.sub(v.mul(z, v.mul(z, p)), v.mul(r, rest))));
}

/** sin(x + shift · π/2). */
function sineShifted(v: Lanes, x: Node, shift: bigint): Node {
  const reduced = v.dtype === 'float32' ? reduceThroughDouble(v, x) : reduce(v, x);
  const turns = v.intAdd(reduced.turns, v.integer(shift));
  const odd = v.intEq(v.and(turns, v.integer(1n)), v.integer(1n));
  const value = v.select(odd, cosineNear(v, reduced), sineNear(v, reduced));
  const sign = v.shiftLeft(v.and(turns, v.integer(2n)), v.format.bytes * 8 - 2);
  return v.xor(value, sign);
}

export const sin = (v: Lanes, x: Node): Node => sineShifted(v, x, 0n);
export const cos = (v: Lanes, x: Node): Node => sineShifted(v, x, 1n);
