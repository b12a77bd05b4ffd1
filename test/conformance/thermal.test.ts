/** Optimizers at a temperature: the statistics of many chains against theory, on the engine that people use. */
import { describe, expect, it } from 'vitest';
import { check } from '../../src/compiler/index.ts';
import { graph } from '../support/graphs.ts';
import { runners } from '../support/runners.ts';

const chains = 16_384;
/** The potential θ², whose curvature is λ = 2, for many chains that start at 1. */
const harmonic = (optimizer: string, params: Record<string, number>) =>
  graph(
    {
      theta: { type: 'parameter', params: { axes: [{ name: 'chain', size: chains }], init: 'ones' } },
      square: { type: 'activation', params: { function: 'square' } },
      sum: { type: 'contract', params: { expression: 'i->' } },
      optimizer: { type: optimizer, params },
    },
    ['theta.out > square.x', 'square.y > sum.a', 'sum.out > optimizer.loss'],
  );

const meanOf = (x: ArrayLike<number>) => Array.from(x).reduce((sum, v) => sum + v, 0) / x.length;

async function settled(optimizer: string, params: Record<string, number>, state = 'theta.value') {
  const { train } = runners.find(({ name }) => name === 'wasm float32') as (typeof runners)[number];
  const x = (await train(harmonic(optimizer, params), state, 80)).at(-1) as ArrayLike<number>;
  return { mean: meanOf(x), variance: meanOf(Array.from(x, (v) => v * v)) };
}

/** Three standard errors of the variance of so many independent normal numbers. */
const threeErrors = (variance: number) => 3 * variance * Math.sqrt(2 / chains);

describe('Langevin dynamics', () => {
  it('settles to the variance T/(λ(1 − ηλ/2)), the bias of its step included', async () => {
    const { mean, variance } = await settled('langevin', { rate: 0.2, temperature: 0.5 });
    // 0.5 / (2 (1 − 0.2)); without the bias it would be 0.25, and three errors are 0.0104.
    expect(Math.abs(variance - 0.3125)).toBeLessThan(threeErrors(0.3125));
    expect(Math.abs(mean)).toBeLessThan(3 * Math.sqrt(0.3125 / chains));
  });

  it('stays where descent goes without heat', async () => {
    const { variance } = await settled('langevin', { rate: 0.2, temperature: 0 });
    expect(variance).toBeLessThan(1e-12);
  });
});

describe('Langevin dynamics with inertia', () => {
  // Leimkuhler and Matthews 2013: for a harmonic potential positions have no bias, velocities 1 − h²λ/4m.
  const params = { rate: 1, temperature: 0.5, friction: 0.7, mass: 1 };
  it('settles to the variance T/λ with a large step', async () => {
    const { mean, variance } = await settled('underdamped-langevin', params);
    expect(Math.abs(variance - 0.25)).toBeLessThan(threeErrors(0.25));
    expect(Math.abs(mean)).toBeLessThan(3 * Math.sqrt(0.25 / chains));
  });
  it('has velocities of variance (T/m)(1 − h²λ/4m) at the end of a step', async () => {
    const { variance } = await settled('underdamped-langevin', params, 'optimizer.velocity.theta.value');
    expect(Math.abs(variance - 0.25)).toBeLessThan(threeErrors(0.25));
    const half = await settled(
      'underdamped-langevin',
      { ...params, rate: 0.5 },
      'optimizer.velocity.theta.value',
    );
    expect(Math.abs(half.variance - 0.4375)).toBeLessThan(threeErrors(0.4375));
  });
});

it('shows what is set, and not what a wire replaces', () => {
  const document = harmonic('langevin', { rate: 0.2, temperature: 0.5 });
  expect(check(document).nodes.optimizer?.summary).toBe('η = 0.2, T = 0.5');
  document.nodes.heat = { type: 'step', params: {} };
  document.edges.heat = {
    from: { node: 'heat', port: 'out' },
    to: { node: 'optimizer', port: 'temperature' },
  };
  expect(check(document).nodes.optimizer?.summary).toBe('η = 0.2, T(t)');
  expect(check(document).diagnostics).toEqual([]);
});
