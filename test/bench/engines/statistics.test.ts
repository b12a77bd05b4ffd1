import { describe, expect, it } from 'vitest';
import { hasSignal, median, relativeError } from './statistics.ts';

describe('median', () => {
  it('takes the middle, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('leaves the list as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('relativeError', () => {
  it('is measured by the largest element of the reference', () => {
    expect(relativeError([100.5, 0.5], [100, 0])).toBe(0.005);
  });

  it('is absolute where the reference is zero', () => {
    expect(relativeError([0, 1e-3], [0, 0])).toBe(1e-3);
  });

  it('is infinite where numbers are missing', () => {
    expect(relativeError([1], [1, 2])).toBe(Number.POSITIVE_INFINITY);
    expect(relativeError([Number.NaN, 2], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  });
});

it('an all-zero result has no signal', () => {
  expect(hasSignal([0, 0, -0])).toBe(false);
  expect(hasSignal([0, 1e-30])).toBe(true);
});
