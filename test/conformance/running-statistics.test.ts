/** Statistics over the steps of a run: state that no optimizer owns, on every engine. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { type Checkpoint, evaluateOnce, run } from '../../src/runtime/index.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { graph } from '../support/graphs.ts';
import { runners } from '../support/runners.ts';

/** θ = 1 and −2 fall by 0.8 in each step: descent on Σ θ² with the rate 0.1. */
const document = graph(
  {
    theta: {
      type: 'parameter',
      params: { axes: [{ name: 'i', size: 2 }], init: 'values', values: [1, -2] },
    },
    square: { type: 'activation', params: { function: 'square' } },
    sum: { type: 'contract', params: { expression: 'i->' } },
    sgd: { type: 'sgd', params: { rate: 0.1 } },
    watch: { type: 'running-statistics', params: { burnIn: 2 } },
    seen: { type: 'probe' },
  },
  [
    'theta.out > square.x',
    'square.y > sum.a',
    'sum.out > sgd.loss',
    'theta.out > watch.x',
    'watch.mean > seen.x',
  ],
);

describe.each(runners)('on $name', ({ train, tolerance }) => {
  // x = numpy.array([0.8**t for t in range(2, 5)]); x.mean(); x.var()
  it.each([
    { state: 'watch.mean', expected: [0.5205333333333334, -1.0410666666666668] },
    { state: 'watch.variance', expected: [0.008883768888888892, 0.035535075555555566] },
    { state: 'watch.count', expected: [3] },
  ])('$state is that of the steps after the burn-in', async ({ state, expected }) => {
    const after = (await train(document, state, 5)).at(-1) as ArrayLike<number>;
    for (const [i, value] of expected.entries())
      expect(Math.abs((after[i] as number) - value)).toBeLessThan(tolerance);
    const before = (await train(document, state, 2)).at(-1) as ArrayLike<number>;
    expect(Array.from(before)).toEqual(expected.map(() => 0));
  });
});

it('is shown as training has left it, and goes on with the run', async () => {
  const { value } = compile(document, { dtype: 'float64', expose: 'all' });
  const engine = await engines.reference();
  const whole = await shownAfter([5]);
  // Of both elements.
  expect(whole).toBeCloseTo(-0.5205333333333334 / 2, 12);
  expect(await shownAfter([3, 5])).toBe(whole);

  async function shownAfter(steps: readonly number[]): Promise<number> {
    let from: Checkpoint | undefined;
    for (const until of steps)
      for await (const event of run(value!, engine, { steps: until, from }))
        if (event.type === 'finished') from = event.checkpoint;
    const { value: shown } = await inspect(value!, engine, { from, ports: ['watch.mean'] });
    return shown?.values['watch.mean']?.mean as number;
  }
});

it('is 0 before anything is trained', async () => {
  const { value } = compile(document, { expose: 'all' });
  const { value: seen } = await evaluateOnce(value!, await engines.wasm(), { ports: ['watch.mean'] });
  expect(seen?.['watch.mean']?.max).toBe(0);
});
