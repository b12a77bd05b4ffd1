import { describe, expect, it } from 'vitest';
import { summarise } from './statistics.ts';

describe('statistics', () => {
  it('are of all elements, the numbers only of the first', () => {
    const value = summarise(
      Float64Array.from({ length: 5000 }, (_, i) => i),
      [5000],
      ['i'],
    );
    expect(value).toMatchObject({ shape: [5000], axes: ['i'], count: 5000, min: 0, max: 4999, mean: 2499.5 });
    expect(value.data.length).toBe(4096);
    expect(value.deviation).toBeCloseTo(Math.sqrt((5000 ** 2 - 1) / 12), 9);
  });

  it('show that a number is not one', () => {
    expect(summarise(Float64Array.of(1, Number.NaN, 3), [3], ['i']).max).toBeNaN();
  });
});
