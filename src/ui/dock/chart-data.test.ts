import { describe, expect, it } from 'vitest';
import { dataOf, linesOf, readAt, smoothed } from './chart-data.ts';

const curve = {
  name: 'loss',
  train: { steps: [0, 1, 2, 3], values: [8, 4, 2, 0] },
  test: { steps: [2, 4], values: [3, 1] },
};

describe('charts', () => {
  it('smooth without a pull to 0 at the beginning', () => {
    expect(smoothed({ steps: [0, 1, 2], values: [4, 4, 4] }, 0.9).values.map((x) => +x.toFixed(12))).toEqual([
      4, 4, 4,
    ]);
    // (0.5 · 0.5 · 8 + 0.5 · 4) / (1 − 0.5²)
    expect(smoothed({ steps: [0, 1], values: [8, 4] }, 0.5).values[1]).toBeCloseTo(16 / 3, 12);
    expect(smoothed({ steps: [0, 1, 2], values: [1, Number.NaN, 1] }, 0.5).values).toEqual([
      1,
      Number.NaN,
      1,
    ]);
  });

  it('join lines over all steps', () => {
    expect(dataOf(linesOf(curve, [], 0), { x: false, y: false })).toEqual([
      [0, 1, 2, 3, 4],
      [8, 4, 2, 0, undefined],
      [undefined, undefined, 3, undefined, 1],
    ]);
  });

  it('leave out of logarithmic axes what has no logarithm', () => {
    expect(dataOf(linesOf(curve, [], 0), { x: true, y: true }).slice(0, 2)).toEqual([
      [1, 2, 3, 4],
      [4, 2, null, undefined],
    ]);
  });

  it('draw earlier runs behind, by their numbers', () => {
    const past = { number: 2, curves: [curve] } as never;
    expect(linesOf(curve, [past], 0.5).map(({ side, run }) => [side, run])).toEqual([
      ['train', 2],
      ['test', 2],
      ['raw', undefined],
      ['train', undefined],
      ['test', undefined],
    ]);
  });

  it('read the last values up to a step', () => {
    expect(readAt(linesOf(curve, [], 0), 3)).toEqual({ train: 0, test: 3 });
    expect(readAt(linesOf(curve, [], 0), 1)).toEqual({ train: 4, test: undefined });
  });
});
