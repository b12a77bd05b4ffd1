/** Three unit masses in a plane, G = 1: no closed form, so extrapolated steps to 1e-14. */
import { uniform } from '../../base/random.ts';
import { extrapolate, type Motion } from './extrapolation.ts';
import { accelerations, gravityEnergy, gravityField } from './gravity.ts';
import type { MechanicalSystem } from './motions.ts';

/** The speed at which an equilateral triangle of radius 1 turns as a whole: √(1/√3). */
const CIRCULAR = Math.sqrt(1 / Math.sqrt(3));
/** By how much, at most, each component of a velocity is changed: a part of it. */
const SPREAD = 0.2;

export const threeBodySystem: MechanicalSystem = {
  name: 'three-bodies',
  /** On a triangle of radius 0.9 … 1.2 that would turn as it is, but for velocities changed by up to 20 %. */
  start(key) {
    const numbers = uniform(key, 9);
    const [u, v, w] = numbers as unknown as [number, number, number];
    const angle = Math.atan2(2 * v - 1, 2 * u - 1);
    const radius = 0.9 + 0.3 * w;
    const speed = CIRCULAR / Math.sqrt(radius);
    const angles = [0, 1, 2].map((i) => angle + (2 * Math.PI * i) / 3);
    const velocities = angles.flatMap((a) => [-Math.sin(a) * speed, Math.cos(a) * speed]);
    return [
      ...angles.flatMap((a) => [Math.cos(a) * radius, Math.sin(a) * radius]),
      ...velocities.map((c, i) => c * (1 + SPREAD * (2 * (numbers[3 + i] as number) - 1))),
    ];
  },
  motion(start, times) {
    const half = start.length / 2;
    let state: Motion = {
      position: Float64Array.from(start.slice(0, half)),
      velocity: Float64Array.from(start.slice(half)),
    };
    let now = 0;
    return times.map((t) => {
      state = extrapolate(accelerations, state, t - now);
      now = t;
      return [...state.position, ...state.velocity];
    });
  },
  field: gravityField,
  energy: gravityEnergy,
};
