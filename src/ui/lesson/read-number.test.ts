import { expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

it('reads numbers as people write them, and nothing else', () => {
  expect(['1.37e7', '1 372 000', '−3', '1,5', ' .5 ', '2×10^3'].map(readNumber)).toEqual([
    1.37e7, 1372000, -3, 1.5, 0.5, 2000,
  ]);
  expect(['', '  ', 'two', '1,2,3', 'Infinity', '0x'].map(readNumber)).toEqual(Array(6).fill(undefined));
});
