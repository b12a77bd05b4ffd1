import { describe, expect, it } from 'vitest';
import { kindOfNumbers } from './tensor-kind.ts';

const kind = (shape: readonly number[], data: readonly number[]) =>
  kindOfNumbers({ shape, data, count: shape.reduce((p, n) => p * n, 1) });

describe('kindOfNumbers', () => {
  it('knows what is diagonal', () => {
    expect(kind([2, 2], [3, 0, 0, 4])).toBe('diagonal');
    expect(kind([2, 2, 2], [1, 0, 0, 0, 0, 0, 0, 1])).toBe('diagonal');
    expect(kind([2, 2], [3, 1, 0, 4])).toBe('general');
    expect(kind([2, 2], [0, 0, 0, 0])).toBe('general');
  });

  it('knows an isometry by the axis whose columns are orthonormal', () => {
    expect(kind([2, 2], [0.6, -0.8, 0.8, 0.6])).toBe('isometry');
    expect(kind([3, 2], [1, 0, 0, 0.6, 0, 0.8])).toBe('isometry');
    // Columns are the first axis: its rows have length 1 and are at right angles.
    expect(kind([2, 3], [1, 0, 0, 0, 0.6, 0.8])).toBe('isometry');
    // W: one qubit into two, |0> -> |00>, |1> -> (|01> + |10>)/√2; the last axis is the one qubit.
    expect(kind([2, 2, 2], [1, 0, 0, Math.SQRT1_2, 0, Math.SQRT1_2, 0, 0])).toBe('isometry');
    expect(kind([2, 2], [0.6, -0.8, 0.8, 0.61])).toBe('general');
    expect(kind([3, 2], [1, 0, 1, 0, 0, 1])).toBe('general');
  });

  it('says nothing of a vector, of NaN, or of what it does not know to the end', () => {
    expect(kind([3], [1, 0, 0])).toBe('general');
    expect(kind([2, 2], [Number.NaN, 1, 1, 0])).toBe('general');
    expect(kindOfNumbers({ shape: [2, 2], data: [1, 0], count: 4 })).toBe('general');
  });
});
