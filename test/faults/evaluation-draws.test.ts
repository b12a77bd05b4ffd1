/**
 * The kind: random numbers that an evaluation draws. The evaluation after any step drew the noise of the first
 * training steps again, numbers that the model had learned from. It has streams of its own, one for each step
 * that it follows.
 */
import { expect, it } from 'vitest';
import { randomKey } from '../../src/runtime/random-key.ts';
import { graph } from '../support/graphs.ts';
import { eventsOf } from '../support/train.ts';

/** The mean square of noise, one number a row: 16 rows held back, and as many in each step. */
const noise = graph(
  {
    data: { type: 'dataset', params: { data: 'line', options: { samples: 80 } } },
    noise: {
      type: 'noise',
      params: {
        axes: [
          { name: 'batch', size: 'B' },
          { name: 'o', size: 1 },
        ],
      },
    },
    none: { type: 'scale', params: { factor: 0 } },
    zero: { type: 'parameter', params: { axes: [{ name: 'o', size: 1 }], init: 'zeros' } },
    sum: { type: 'add' },
    loss: { type: 'mse' },
    sgd: { type: 'sgd', params: { rate: 0 } },
  },
  [
    'data.y > none.x',
    'noise.out > sum.a',
    'zero.out > sum.b',
    'sum.out > loss.prediction',
    'none.out > loss.target',
    'loss.loss > sgd.loss',
  ],
  { B: 16 },
);

it('draws what no training step has drawn, anew in each evaluation', async () => {
  const events = await eventsOf({ ...noise, run: { steps: 40, seed: 1, evaluateEvery: 10 } });
  const trained = events.flatMap((event) => (event.type === 'progress' ? (event.metrics.loss ?? []) : []));
  const tested = events.flatMap((event) =>
    event.type === 'evaluated' ? (event.metrics.testLoss ?? []) : [],
  );
  expect([trained.length, tested.length]).toEqual([40, 4]);
  expect(new Set([...trained, ...tested]).size).toBe(44);
  // Mean squares of 16 standard normal numbers.
  for (const loss of tested) expect(loss).toBeGreaterThan(0.2);
  for (const loss of tested) expect(loss).toBeLessThan(3);
});

it('leaves the draws of training where they were', () => {
  expect(randomKey(1, 0)).toEqual(randomKey(1, 0, 'train'));
  expect(randomKey(1, 0)).not.toEqual(randomKey(1, 0, 'test'));
});
