import { describe, expect, it } from 'vitest';
import { keyFrom } from '../../base/random.ts';
import { findDataSet } from '../index.ts';
import { jacobi } from './jacobi.ts';
import { timesOf } from './motions.ts';
import { systems } from './systems.ts';

type Name = keyof typeof systems;
const names = Object.keys(systems) as Name[];

function expectClose(actual: readonly number[], expected: readonly number[], within: number): void {
  expect(actual.length).toBe(expected.length);
  const apart = actual.map((value, i) => Math.abs(value - (expected[i] as number)));
  expect(Math.max(...apart)).toBeLessThan(within);
}

async function load(name: string, options: object = {}) {
  const dataset = findDataSet(name)!;
  return (await dataset.load(dataset.options.parse(options))) as { x: Float32Array; dx: Float32Array };
}

describe('motions', () => {
  // scipy.integrate.solve_ivp(…, method='DOP853', rtol=3e-14, atol=1e-15), and for the spring the formula.
  it.each<[Name, readonly number[], number, readonly number[]]>([
    [
      'spring',
      [0.3, -0.8],
      3,
      [0.3 * Math.cos(6) - 0.8 * Math.sin(6), -0.8 * Math.cos(6) - 0.3 * Math.sin(6)],
    ],
    ['pendulum', [1.2, -0.9], 3, [1.137263493881283, -0.9915467673237557]],
    ['pendulum', [0, 2.3], 3, [-2.4320696906604815, -0.11824459526722478]],
    ['pendulum', [-2.2, 0.1], 1, [0.5319311693967604, 2.088298572266616]],
    [
      'two-bodies',
      [0.6, 1.1, -0.6, -1.1, -0.42, 0.19, 0.42, -0.19],
      20,
      [
        0.3797807308454554, 1.1772678322279289, -0.3797807308454554, -1.1772678322279289, -0.4520351778388725,
        0.11541798341711577, 0.4520351778388725, -0.11541798341711577,
      ],
    ],
    [
      'three-bodies',
      [1, 0, -0.5, 0.8, -0.4, -0.9, 0.1, 0.7, -0.6, -0.4, 0.7, -0.2],
      5,
      [
        1.0660969115599996, -0.12172536539171162, 1.0254995978896442, -1.1466076527085165,
        -0.9915965094496447, 1.6683330181002238, 0.03330695281956575, -0.22943751472971535,
        0.8238146918061751, 0.30555185031411736, -0.6571216446257414, 0.023885664415595642,
      ],
    ],
  ])('of %s from %j are those of another program', (name, start, time, end) => {
    expectClose(systems[name].motion(start, [0, time])[0]!, start, 1e-14);
    expectClose(systems[name].motion(start, [0, time])[1]!, end, 1e-10);
    // The way there does not matter: neither closed forms nor steps of the integrator.
    expectClose(systems[name].motion(start, [0.3 * time, 0.4 * time, time])[2]!, end, 1e-10);
  });

  it.each(names)('of %s keep the energy, and move as the field says', (name) => {
    const system = systems[name];
    for (let i = 0; i < 5; i++) {
      const start = system.start(keyFrom(3, 'test', i));
      const [before, at, after] = system.motion(start, [0.9999, 1, 1.0001]) as [number[], number[], number[]];
      for (const state of [before, at, after])
        expect(Math.abs(system.energy(state) - system.energy(start))).toBeLessThan(1e-11);
      // Central differences: an error of h²/6 times the third derivative.
      const rate = after.map((value, f) => (value - before[f]!) / 2e-4);
      expectClose(system.field(at), rate, 1e-5);
    }
  });

  it('of a pendulum at rest is rest', () => {
    expect(systems.pendulum.motion([0, 0], [0, 5])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('start where the paper starts them', () => {
    for (let i = 0; i < 200; i++) {
      const key = keyFrom(1, 'start', i);
      const radius = Math.hypot(...systems.spring.start(key));
      expect(radius > 0.1 && radius < 1).toBe(true);
      const swing = systems.pendulum.start(key);
      expect(Math.hypot(...swing) > 1.3 && Math.hypot(...swing) < 2.3).toBe(true);
      expect(systems.pendulum.energy(swing)).toBeLessThan(5.83);
      const [x = 0, y = 0, ...others] = systems['two-bodies'].start(key);
      expect(Math.min(x, y) > 0.5 && Math.max(x, y) < 1.5).toBe(true);
      expect(others.slice(0, 2)).toEqual([-x, -y]);
    }
  });
});

describe('jacobi', () => {
  // mpmath.ellipfun
  it.each([
    [0.7, 0.5, [0.62434009096621735, 0.78115264245363431, 0.89727349532132494]],
    [3.3, 0.99, [0.99917621027634137, 0.040582025797247508, 0.10784447973647227]],
    [-20.5, 0.8816, [-0.47112359854747611, 0.88206720542806519, 0.89684018442111639]],
    [7, 0, [0.65698659871878909, 0.75390225434330464, 1]],
  ])('of %d with parameter %d', (u, m, expected) => {
    const { sn, cn, dn } = jacobi(u, m);
    expectClose([sn, cn, dn], expected, 1e-13);
  });
});

describe('data sets of motions', () => {
  it('have the rows of the paper', () => {
    const rows = names.map((name) => {
      const set = findDataSet(name)!;
      return set.rows(set.options.parse({}));
    });
    expect(rows).toEqual([1500, 2250, 50_000, 10_000]);
    expect(timesOf({ points: 4, duration: 3 })).toEqual([0, 1, 2, 3]);
  });

  it.each(names)('%s adds noise to states alone', async (name) => {
    const options = { trajectories: 40, points: 10 };
    const clean = await load(name, { ...options, noise: 0 });
    const noisy = await load(name, { ...options, noise: 0.25 });
    expect(noisy.dx).toEqual(clean.dx);
    const offsets = Array.from(noisy.x, (value, i) => value - clean.x[i]!);
    const variance = offsets.reduce((sum, d) => sum + d * d, 0) / offsets.length;
    // 800 numbers or more: a relative deviation of 5 %.
    expect(Math.abs(variance / 0.0625 - 1)).toBeLessThan(0.2);
  });

  it('hold the field at each point', async () => {
    const { x, dx } = await load('spring', { noise: 0, trajectories: 2, points: 3 });
    expect(dx).toEqual(Float32Array.from(x, (_, i) => (i % 2 === 0 ? 2 * x[i + 1]! : -2 * x[i - 1]!)));
    expect(await load('spring', { seed: 2 })).not.toEqual(await load('spring', { seed: 1 }));
  });
});
