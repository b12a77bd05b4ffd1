/** Random numbers inside programs: a function of seed, step and node, alike on every engine. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { evaluateOnce, run } from '../../src/runtime/index.ts';
import { graph } from '../support/graphs.ts';

const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length;

/** A parameter of ones with dropout before the loss: the loss of a step is the mean of what was kept, squared. */
const withDropout = graph(
  {
    ones: { type: 'parameter', params: { axes: [{ name: 'i', size: 4000 }], init: 'ones' } },
    drop: { type: 'dropout', params: { rate: 0.25 } },
    zero: { type: 'tensor', params: { axes: [{ name: 'i', size: 4000 }], fill: 'zeros' } },
    loss: { type: 'mse' },
    sgd: { type: 'sgd', params: { rate: 0 } },
  },
  ['ones.out > drop.x', 'drop.y > loss.prediction', 'zero.out > loss.target', 'loss.loss > sgd.loss'],
);

async function losses(engine: 'wasm' | 'reference', seed: number): Promise<number[]> {
  const { value, diagnostics } = compile(withDropout);
  if (!value) throw new Error(diagnostics.map((d) => d.message.en).join('\n'));
  const found: number[] = [];
  for await (const event of run(value, await engines[engine](), { seed, steps: 3 }))
    if (event.type === 'progress') found.push(...(event.metrics.loss ?? []));
  return found;
}

describe('dropout', () => {
  it('keeps the share 1 − p, scaled so that the mean stays, anew in every step', async () => {
    const drawn = await losses('wasm', 1);
    // Each term is 0 or (4/3)², so the loss tells how many were kept.
    for (const loss of drawn) {
      const kept = (loss * 4000) / (4 / 3) ** 2;
      expect(Math.abs(kept - 3000)).toBeLessThan(150);
    }
    expect(new Set(drawn).size).toBe(3);
  });

  it('is repeated by its seed, changed by another, and the same on the reference engine', async () => {
    const drawn = await losses('wasm', 1);
    expect(await losses('wasm', 1)).toEqual(drawn);
    expect(await losses('wasm', 2)).not.toEqual(drawn);
    const reference = await losses('reference', 1);
    for (const [i, loss] of drawn.entries()) expect(loss).toBeCloseTo(reference[i] as number, 4);
  });

  it('lets everything through when nothing is trained', async () => {
    const { value } = compile(withDropout, { expose: 'all' });
    const { value: seen } = await evaluateOnce(value!, await engines.wasm(), { ports: ['drop.y'] });
    expect(seen?.['drop.y']?.min).toBe(1);
    expect(seen?.['drop.y']?.max).toBe(1);
  });
});

describe('noise', () => {
  it.each([
    { distribution: 'normal', deviation: 2 },
    { distribution: 'uniform', deviation: 2 / Math.sqrt(3) },
  ])(
    'has mean 0 and the deviation of its $distribution distribution',
    async ({ distribution, deviation }) => {
      const axes = [{ name: 'i', size: 20_000 }];
      const noise = graph({ xi: { type: 'noise', params: { axes, distribution, scale: 2 } } });
      const { value } = compile(noise, { expose: 'all' });
      const executable = await (await engines.wasm()).load(value!.forward.plan);
      executable.write('random key', [1, 2, 3, 4]);
      await executable.advance(1);
      const drawn = Array.from(await executable.read(value!.forward.values['xi.out']!));
      expect(Math.abs(mean(drawn))).toBeLessThan(0.05);
      expect(Math.sqrt(mean(drawn.map((x) => x * x)))).toBeCloseTo(deviation, 1);
    },
  );
});
