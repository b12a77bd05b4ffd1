/**
 * The inverse tangent, after S. L. Moshier, Cephes Math Library (atan.c, atanf.c): beyond tan(3π/8) it is π/2 less that
 * of 1/x, beyond a middle π/4 more than that of (x − 1)/(x + 1), and near 0 a quotient or polynomial in x².
 */
import type { Node } from '../dag.ts';
import type { Lanes } from '../lanes.ts';

/** x + x³ · N(x²) / D(x²); the highest power first. */
const top = [
  -8.750608600031904122785e-1, -1.615753718733365076637e1, -7.50085579231470466734e1,
  -1.22886668449013617341e2, -6.485021904942025371773e1,
];
const bottom = [
  1, 2.485846490142306297962e1, 1.650270098316988542046e2, 4.328810604912902668951e2,
  4.853903996359136964868e2, 1.945506571482613964425e2,
];
/** x + x³ · P(x²), for float32. */
const single = [8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1];

const far = 2.4142135623730950488;
const middle = { float32: 0.414213562373095, float64: 0.66 } as const;
/** What π/2 has beyond its own digits in this precision. */
const rest = { float32: -4.371139000186241e-8, float64: 6.123233995736766e-17 } as const;

export function atan(v: Lanes, x: Node): Node {
  const [one, size] = [v.number(1), v.abs(x)];
  const isFar = v.lt(v.number(far), size);
  const isMiddle = v.lt(v.number(middle[v.dtype]), size);
  const choose = (a: Node, b: Node, c: Node) => v.select(isFar, a, v.select(isMiddle, b, c));
  const t = v.div(choose(v.number(-1), v.sub(size, one), size), choose(size, v.add(size, one), one));
  const square = v.mul(t, t);
  const bend =
    v.dtype === 'float32'
      ? v.polynomial(square, single)
      : v.div(v.polynomial(square, top), v.polynomial(square, bottom));
  const small = v.add(
    v.mul(v.mul(t, square), bend),
    choose(v.number(rest[v.dtype]), v.number(rest[v.dtype] / 2), v.number(0)),
  );
  const start = choose(v.number(Math.PI / 2), v.number(Math.PI / 4), v.number(0));
  return v.withSign(v.add(start, v.add(t, small)), x);
}
