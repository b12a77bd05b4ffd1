/**
 * Two unit masses about their common centre of mass, which rests at the origin, G = 1: Kepler's problem for
 * the difference r₁ − r₂ with μ = 2, solved by Kepler's equation and Lagrange's coefficients f and g
 * (R. H. Battin, "An Introduction to the Mathematics and Methods of Astrodynamics", sections 3.4 and 4.3).
 */
import { normal, uniform } from '../../base/random.ts';
import { gravityEnergy, gravityField } from './gravity.ts';
import type { MechanicalSystem } from './motions.ts';

const MU = 2;

/**
 * How far the eccentric anomaly has gone when the mean anomaly has gone by `mean`:
 * M = E + (σ/√a)(1 − cos E) − (1 − r/a) sin E. Newton's method, held to a step of 1 where the curve is flat.
 */
function eccentricAnomaly(mean: number, radial: number, along: number): number {
  let e = mean;
  for (let i = 0; i < 50; i++) {
    const [cos, sin] = [Math.cos(e), Math.sin(e)];
    const step = (e + along * (1 - cos) - radial * sin - mean) / (1 + along * sin - radial * cos);
    e -= Math.max(-1, Math.min(1, step));
    if (Math.abs(step) < 1e-15 * Math.max(1, Math.abs(e))) break;
  }
  return e;
}

export const twoBodySystem: MechanicalSystem = {
  name: 'two-bodies',
  /** Each coordinate of the first body evenly spread over 0.5 … 1.5; the speed that of a circle ± 5 % (deviation). */
  start(key) {
    const [u, v] = uniform(key, 2) as unknown as [number, number];
    const [x, y] = [0.5 + u, 0.5 + v];
    // Normal numbers from places that the uniform ones above do not use.
    const speed = (1 + 0.05 * (normal(key, 3)[2] as number)) / (2 * Math.hypot(x, y) ** 1.5);
    return [x, y, -x, -y, -y * speed, x * speed, y * speed, -x * speed];
  },
  motion([x1 = 0, y1 = 0, x2 = 0, y2 = 0, vx1 = 0, vy1 = 0, vx2 = 0, vy2 = 0], times) {
    const [x, y, vx, vy] = [x1 - x2, y1 - y2, vx1 - vx2, vy1 - vy2];
    const r0 = Math.hypot(x, y);
    const a = 1 / (2 / r0 - (vx * vx + vy * vy) / MU);
    const radial = 1 - r0 / a;
    const along = (x * vx + y * vy) / Math.sqrt(MU * a);
    return times.map((t) => {
      const anomaly = eccentricAnomaly(Math.sqrt(MU / a ** 3) * t, radial, along);
      const [cos, sin] = [Math.cos(anomaly), Math.sin(anomaly)];
      const r = a * (1 - radial * cos + along * sin);
      const f = 1 - (a / r0) * (1 - cos);
      const g = Math.sqrt(a / MU) * (a * along * (1 - cos) + r0 * sin);
      const df = (-Math.sqrt(MU * a) / (r * r0)) * sin;
      const dg = 1 - (a / r) * (1 - cos);
      const half = [f * x + g * vx, f * y + g * vy, df * x + dg * vx, df * y + dg * vy].map((d) => d / 2);
      const [px = 0, py = 0, ux = 0, uy = 0] = half;
      return [px, py, -px, -py, ux, uy, -ux, -uy];
    });
  },
  field: gravityField,
  energy: gravityEnergy,
};
