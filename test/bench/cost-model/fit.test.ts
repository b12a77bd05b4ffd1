import { expect, it } from 'vitest';
import { fitParameters } from './fit.ts';

const true3 = [0.05, 2, 300];
const predict = (given: readonly number[], [a = 0, b = 0, c = 0]: readonly number[]) =>
  Math.max((given[0] as number) * a, (given[1] as number) * b) + (given[2] as number) * c;

it('finds what times over six orders of magnitude were made of', () => {
  const amounts = [
    [1e9, 1e4, 10],
    [1e3, 1e6, 5],
    [1e4, 1e3, 200],
    [1e7, 1e7, 50],
    [2e8, 3e5, 900],
  ];
  const observations = amounts.map((given) => ({ given, measured: predict(given, true3) }));
  for (const [j, found] of fitParameters(observations, [1, 1, 1], predict).entries())
    expect(found / (true3[j] as number)).toBeCloseTo(1, 2);
});

it('is not pulled away by one odd time', () => {
  const observations = [1, 1, 100, 1].map((noise) => ({ given: 1e6, measured: noise * 5e4 }));
  const [found = 0] = fitParameters(observations, [1], (given, [cost = 0]) => given * cost);
  expect(found / 0.05).toBeCloseTo(1, 2);
});
