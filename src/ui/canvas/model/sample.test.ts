import { describe, expect, it } from 'vitest';
import { formatCount, formatNumber } from '../../parts/numbers.ts';
import type { TensorValue } from '../props.ts';
import { heatCellsOf, histogramOf } from './sample.ts';

const tensor = (shape: readonly number[], data: readonly number[], count = data.length): TensorValue => ({
  shape: [...shape],
  axes: shape.map((_, d) => `i${d}`),
  data: [...data],
  count,
  min: Math.min(...data),
  max: Math.max(...data),
  mean: 0,
  deviation: 1,
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0.25, '−0.25'],
    [1234.5678, '1235'],
    [1e-7, '1e−7'],
    [-2.5e9, '−2.5e9'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d reads %s', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });

  it('counts in thousands', () => {
    expect(formatCount(1234567)).toBe('1\u2009234\u2009567');
  });
});

describe('the picture of a tensor', () => {
  it('shows a small matrix as it is, relative to its largest magnitude', () => {
    expect(heatCellsOf(tensor([2, 2], [1, -2, 0, 4]), 5, 5)).toEqual({
      rows: 2,
      columns: 2,
      cells: [0.25, -0.5, 0, 1],
    });
  });

  it('folds all axes but the last into rows, and thins out what does not fit', () => {
    const value = tensor(
      [2, 3, 40],
      Array.from({ length: 240 }, (_, i) => i),
    );
    const { rows, columns, cells } = heatCellsOf(value, 5, 10);
    expect([rows, columns, cells.length]).toEqual([5, 10, 50]);
    expect([cells[0], cells.at(-1)]).toEqual([0, 1]);
  });

  it('draws only what was sent', () => {
    const value = tensor([100, 4], [1, 2, 3, 4, 5, 6], 400);
    const { rows, cells } = heatCellsOf(value, 5, 5);
    expect(rows).toBe(2);
    expect(cells.slice(6)).toEqual([undefined, undefined]);
  });

  it('counts every element once', () => {
    expect(histogramOf(tensor([5], [0, 0.1, 0.5, 0.99, 1]), 4)).toEqual([2, 0, 1, 2]);
    expect(histogramOf(tensor([3], [7, 7, 7]), 4)).toEqual([0, 0, 3, 0]);
  });
});
