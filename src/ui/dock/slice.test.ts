import { describe, expect, it } from 'vitest';
import { sliceOf } from './slice.ts';

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('sliceOf', () => {
  it.each([
    [[], [], [[0]]],
    [[3], [], [[0, 1, 2]]],
    [
      [2, 3],
      [],
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    [
      [2, 2, 2],
      [1],
      [
        [4, 5],
        [6, 7],
      ],
    ],
    [[2, 3, 1, 2], [1, 2], [[10, 11]]],
  ])('of shape %j at %j', (shape, at, rows) => {
    const count = shape.reduce((n, s) => n * s, 1);
    expect(sliceOf({ shape, data: range(count) }, at).rows).toEqual(rows);
  });

  it('leaves open what was not sent', () => {
    expect(sliceOf({ shape: [2, 2], data: [1, 2, 3] }, []).rows).toEqual([
      [1, 2],
      [3, undefined],
    ]);
  });
});
