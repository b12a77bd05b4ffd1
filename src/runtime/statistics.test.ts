import { describe, expect, it, vi } from 'vitest';
import { summarise, summariseParts } from './statistics.ts';

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

  it('are the same, to the bit, of a tensor that is read part by part', async () => {
    const data = Float32Array.from({ length: 3 * 2 ** 20 + 7 }, (_, i) => Math.sin(i) * (i % 97));
    const read = vi.fn(async (from: number, to: number) => data.slice(from, to));
    expect(await summariseParts(read, [data.length], ['i'])).toEqual(summarise(data, [data.length], ['i']));
    expect(Math.max(...read.mock.calls.map(([from, to]) => to - from))).toBe(2 ** 20);
  });

  it('show that a number is not one', () => {
    expect(summarise(Float64Array.of(1, Number.NaN, 3), [3], ['i']).max).toBeNaN();
  });
});
