/**
 * A pendulum that swings without turning over, H = 3 (1 − cos q) + p² < 6, in closed form. With ω = √6 and
 * modulus k = √(H/6): sin(q/2) = k sn, cos(q/2) = dn, p = ω k cn, the Jacobi elliptic functions of ωt plus a
 * phase. The phase is never computed: the functions at t = 0 follow from the start, and addition theorems
 * (Abramowitz and Stegun 16.17) carry them on by ωt.
 */
import { uniform } from '../../base/random.ts';
import { jacobi } from './jacobi.ts';
import { type MechanicalSystem, pointAtRadius } from './motions.ts';

const energy = ([q = 0, p = 0]: readonly number[]): number => 6 * Math.sin(q / 2) ** 2 + p * p;

export const pendulumSystem: MechanicalSystem = {
  name: 'pendulum',
  /** At a radius evenly spread over 1.3 … 2.3: H is at most 5.828, so never over the top. */
  start(key) {
    const [u, v, w] = uniform(key, 3) as unknown as [number, number, number];
    return pointAtRadius([u, v], 1.3 + w);
  },
  motion(start, times) {
    const [q0 = 0, p0 = 0] = start;
    const omega = Math.sqrt(6);
    const m = energy(start) / 6;
    const k = Math.sqrt(m);
    if (k === 0) return times.map(() => [0, 0]);
    const s0 = Math.sin(q0 / 2) / k;
    const c0 = p0 / (omega * k);
    const d0 = Math.cos(q0 / 2);
    return times.map((t) => {
      const { sn, cn, dn } = jacobi(omega * t, m);
      const below = 1 - m * s0 * s0 * sn * sn;
      const s = (s0 * cn * dn + sn * c0 * d0) / below;
      const c = (c0 * cn - s0 * d0 * sn * dn) / below;
      const d = (d0 * dn - m * s0 * c0 * sn * cn) / below;
      return [2 * Math.atan2(k * s, d), omega * k * c];
    });
  },
  field: ([q = 0, p = 0]) => [2 * p, -3 * Math.sin(q)],
  energy,
};
