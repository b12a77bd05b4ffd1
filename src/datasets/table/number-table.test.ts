import { describe, expect, it } from 'vitest';
import { numberTable } from './number-table.ts';

describe('numbers that were copied', () => {
  it.each([
    ['1,5 2,5', [2], [1.5, 2.5]],
    ['1\t2\n3\t4\n', [2, 2], [1, 2, 3, 4]],
    ['1,5\t2\r\n3\t4,25', [2, 2], [1.5, 2, 3, 4.25]],
    ['1,5;2\n3;4', [2, 2], [1.5, 2, 3, 4]],
    ['1, 2.5, 3', [3], [1, 2.5, 3]],
    ['1,5', [2], [1, 5]],
    ['1,2\n3,4', [2, 2], [1, 2, 3, 4]],
    ['1\n2\n3', [3], [1, 2, 3]],
    ['-2e3', [], [-2000]],
    // print(np.array([[1, 2], [3, 4.5]])), and its repr
    ['[[1.  2. ]\n [3.  4.5]]', [2, 2], [1, 2, 3, 4.5]],
    ['[[1. , 2. ],\n [3. , 4.5]]', [2, 2], [1, 2, 3, 4.5]],
  ] as const)('%j', (text, shape, values) => {
    expect(numberTable(text)).toEqual({ shape, values });
  });

  it.each(['', 'one two', '1 2\n3', '{"format":"tensorloom"}', '1;a'])('%j are none', (text) => {
    expect(numberTable(text)).toBeUndefined();
  });
});
