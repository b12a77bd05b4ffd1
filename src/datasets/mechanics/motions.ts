/** Columns of a data set from a mechanical system whose motion is known. */
import { type Key, keyFrom, normal } from '../../base/random.ts';

/** A system with a Hamiltonian H(q, p). A state holds all q, then all p. */
export interface MechanicalSystem {
  readonly name: string;
  /** Where a trajectory begins: a function of the key. */
  start(key: Key): readonly number[];
  /** States at these times, which increase, having been at `start` at time 0. */
  motion(start: readonly number[], times: readonly number[]): readonly (readonly number[])[];
  /** The rate of change: (∂H/∂p, −∂H/∂q). */
  field(state: readonly number[]): readonly number[];
  /** H. */
  energy(state: readonly number[]): number;
}

export interface Motions {
  readonly trajectories: number;
  /** Of each trajectory, evenly spaced over `duration`, both ends included. */
  readonly points: number;
  readonly duration: number;
  /** Standard deviation of what is added to each coordinate of the states. */
  readonly noise: number;
  readonly seed: number;
}

/** Evenly spaced times from 0 to `duration`. */
export const timesOf = ({ points, duration }: Pick<Motions, 'points' | 'duration'>): readonly number[] =>
  Array.from({ length: points }, (_, i) => (duration * i) / (points - 1));

/** `x`: noisy states; `dx`: the field at the clean ones. Rows of one trajectory stand together, in time. */
export function motions(system: MechanicalSystem, options: Motions): Record<'x' | 'dx', Float32Array> {
  const { trajectories, points, noise, seed } = options;
  const times = timesOf(options);
  let x = new Float32Array(0);
  let dx = x;
  let offsets: Float64Array = new Float64Array(0);
  for (let t = 0; t < trajectories; t++) {
    const states = system.motion(system.start(keyFrom(seed, system.name, 'start', t)), times);
    const size = states[0]?.length ?? 0;
    if (t === 0) {
      const numbers = trajectories * points * size;
      [x, dx] = [new Float32Array(numbers), new Float32Array(numbers)];
      offsets = normal(keyFrom(seed, system.name, 'noise'), noise > 0 ? numbers : 0);
    }
    for (const [i, state] of states.entries()) {
      const row = (t * points + i) * size;
      const rate = system.field(state);
      for (let f = 0; f < size; f++) {
        x[row + f] = (state[f] as number) + (noise > 0 ? noise * (offsets[row + f] as number) : 0);
        dx[row + f] = rate[f] as number;
      }
    }
  }
  return { x, dx };
}

/**
 * A direction as the paper draws it, that of a point evenly spread over the square −1 … 1 (so diagonals come
 * a little more often), times a radius.
 */
export function pointAtRadius([u, v]: readonly [number, number], radius: number): [number, number] {
  const [q, p] = [2 * u - 1, 2 * v - 1];
  const scale = radius / Math.hypot(q, p);
  return [q * scale, p * scale];
}
