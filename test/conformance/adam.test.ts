/**
 * Adam on every engine against the algorithm as the paper prints it, in float64. A bias correction that
 * loses digits is an error of the learning rate, the same in every step: it would show here.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { graph } from '../support/graphs.ts';

const STEPS = 50;
const COUNT = 100;
const axes = [{ name: 'i', size: COUNT }];

interface Settings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay: number;
}

const descent = (settings: Settings) =>
  graph(
    {
      w: { type: 'parameter', params: { axes, init: 'zeros' } },
      goal: { type: 'tensor', params: { axes, fill: 'normal', seed: 5 } },
      loss: { type: 'mse' },
      adam: { type: 'adamw', params: { ...settings } },
    },
    ['w.out > loss.prediction', 'goal.out > loss.target', 'loss.loss > adam.loss'],
  );

/** Algorithm 1 of arXiv 1412.6980 with the weight decay of arXiv 1711.05101, from zeros towards the goal. */
function byTheBook(goal: ArrayLike<number>, { rate, beta1, beta2, epsilon, decay }: Settings): number[] {
  return Array.from(goal, (target) => {
    let [w, m, v] = [0, 0, 0];
    for (let t = 1; t <= STEPS; t++) {
      const slope = (2 * (w - target)) / COUNT;
      m = beta1 * m + (1 - beta1) * slope;
      v = beta2 * v + (1 - beta2) * slope ** 2;
      const scaled = m / (1 - beta1 ** t) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
      w -= rate * (scaled + decay * w);
    }
    return w;
  });
}

const usual = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 };

describe.each([
  { name: 'as usual', ...usual },
  { name: 'with a long memory', ...usual, beta1: 0.99, beta2: 0.99999 },
  { name: 'with weight decay', ...usual, beta2: 0.9999, decay: 0.1 },
  { name: 'with a short memory', ...usual, beta1: 0.2, beta2: 0.6 },
  { name: 'without any', ...usual, beta1: 0, beta2: 0 },
])('Adam $name', ({ name: _, ...settings }) => {
  it.each([
    { engine: 'reference', dtype: 'float64', within: 1e-12 },
    { engine: 'wasm', dtype: 'float64', within: 1e-12 },
    { engine: 'wasm', dtype: 'float32', within: 1.5e-6 },
  ] as const)('on $engine in $dtype', async ({ engine, dtype, within }) => {
    const { value: compiled } = compile(descent(settings), { dtype, expose: 'all' });
    const { forward, train, state } = compiled!;
    const shown = await (await engines.reference()).load(forward.plan);
    for (const [input, values] of initialise(state, 1))
      if (Object.hasOwn(forward.plan.inputs, input)) shown.write(input, values);
    await shown.advance(1);
    const expected = byTheBook(await shown.read(forward.values['goal.out']!), settings);

    const executable = await (await engines[engine]()).load(train!.plan);
    for (const [input, values] of initialise(state, 1)) executable.write(input, values);
    for (let i = 0; i < STEPS; i++) await executable.advance(1);
    const actual = await executable.read('w.value');
    const furthest = Math.max(...expected.map(Math.abs));
    const errors = expected.map((w, i) => Math.abs(w - (actual[i] as number)) / furthest);
    expect(Math.max(...errors)).toBeLessThanOrEqual(within);
  });
});
