/** A mass on a spring, H = q² + p²: states turn about the origin with angular velocity 2. */
import { uniform } from '../../base/random.ts';
import { type MechanicalSystem, pointAtRadius } from './motions.ts';

export const springSystem: MechanicalSystem = {
  name: 'spring',
  /** At a radius evenly spread over 0.1 … 1. */
  start(key) {
    const [u, v, w] = uniform(key, 3) as unknown as [number, number, number];
    return pointAtRadius([u, v], 0.1 + 0.9 * w);
  },
  motion([q = 0, p = 0], times) {
    return times.map((t) => {
      const [cos, sin] = [Math.cos(2 * t), Math.sin(2 * t)];
      return [q * cos + p * sin, p * cos - q * sin];
    });
  },
  field: ([q = 0, p = 0]) => [2 * p, -2 * q],
  energy: ([q = 0, p = 0]) => q * q + p * p,
};
