/** Averages of weights: evaluations compute with them, and training does not. */
import { expect, it } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { evaluatedState } from '../../src/runtime/averages.ts';
import { openModel } from '../../src/runtime/index.ts';
import { run } from '../../src/runtime/run.ts';
import { graph } from '../support/graphs.ts';

/** w from 1 towards 0: after each step w is 0.8 times what it was. */
const falling = ({ type = 'sgd', ...params }: Record<string, unknown>) =>
  graph(
    {
      w: { type: 'parameter', params: { axes: [{ name: 'i', size: 1 }], init: 'values', values: [1] } },
      square: { type: 'activation', params: { function: 'square' } },
      loss: { type: 'energy' },
      sgd: { type: type as string, params: { rate: 0.1, ...params } },
    },
    ['w.out > square.x', 'square.y > loss.x', 'loss.loss > sgd.loss'],
  );

async function after(steps: number, params: Record<string, unknown>) {
  const { value: compiled } = compile(falling(params), { dtype: 'float64' });
  for await (const event of run(compiled!, await engines.reference(), { steps }))
    if (event.type === 'finished') {
      const state = new Map([...event.checkpoint.tensors].map(([name, { data }]) => [name, data] as const));
      const evaluated = evaluatedState(state as never, compiled!.state);
      return { trained: state.get('w.value')![0], evaluated: evaluated.get('w.value')![0] };
    }
  return undefined;
}

it('are running ones, of the weights after each step', async () => {
  // torch.optim.swa_utils.AveragedModel with avg_fn 0.9 a + 0.1 p: 0.8, then 0.9 · 0.8 + 0.1 · 0.64, …
  const { trained, evaluated } = (await after(3, { averaging: 'ema', averageDecay: 0.9 }))!;
  expect(trained).toBeCloseTo(0.512, 12);
  expect(evaluated).toBeCloseTo(0.9 * (0.9 * 0.8 + 0.1 * 0.64) + 0.1 * 0.512, 12);
});

it('or means of all steps from one on', async () => {
  const { evaluated } = (await after(4, { averaging: 'swa', averageFrom: 1 }))!;
  expect(evaluated).toBeCloseTo((0.64 + 0.512 + 0.4096) / 3, 12);
  expect((await after(1, { averaging: 'swa', averageFrom: 1 }))!.evaluated).toBeCloseTo(0.8, 12);
});

it('are kept by optimizers that search along lines, too', async () => {
  // torch.optim.LBFGS([w], lr=0.1, max_iter=1): 0.9, 0.81, 0.729
  const params = { type: 'lbfgs', lineSearch: false, iterations: 1, averaging: 'swa' };
  expect((await after(3, params))!.evaluated).toBeCloseTo((0.9 + 0.81 + 0.729) / 3, 12);
});

it('are not there where nobody asks', async () => {
  expect((await after(2, {}))!.evaluated).toBeCloseTo(0.64, 12);
});

it('are what a prediction computes with, in a repeat as well', async () => {
  const document = {
    ...graph(
      {
        x: { type: 'input', params: { axes: [], values: [1] } },
        layers: { type: 'block', params: { block: 'layer', repeat: 2 } },
        seen: { type: 'probe', params: {} },
        loss: { type: 'energy' },
        sgd: { type: 'sgd', params: { rate: 0.1, averaging: 'swa' } },
      },
      ['x.out > layers.x', 'layers.y > seen.x', 'layers.y > loss.x', 'loss.loss > sgd.loss'],
    ),
    blocks: {
      layer: {
        ...graph(
          {
            x: { type: 'block-input', params: {} },
            w: { type: 'parameter', params: { axes: [], init: 'values', values: [1] } },
            sum: { type: 'add', params: {} },
            y: { type: 'block-output', params: {} },
          },
          ['x.out > sum.a', 'w.out > sum.b', 'sum.out > y.x'],
        ),
        numbers: {},
      },
    },
    run: { steps: 3 },
  };
  const model = await openModel(document as never, { engine: 'reference' });
  const predicted = async () => [
    ...((await model.predict({ x: { shape: [], data: [1] } })).value?.['seen.x']?.data ?? []),
  ];
  expect(await predicted()).toEqual([3]);
  for await (const _ of model.run());
  // Each weight is 0.9, 0.8 and 0.7 after the steps.
  expect((await predicted())[0]).toBeCloseTo(1 + 2 * 0.8, 12);
});
