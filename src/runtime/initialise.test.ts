import { describe, expect, it } from 'vitest';
import { initialise } from './initialise.ts';

describe('initialise', () => {
  const first = (kind: string, more = {}, seed = 1, name = 'w') =>
    Array.from(
      initialise(
        [{ name, stream: name, shape: [50, 4], trainable: true, init: { kind, ...more } }],
        seed,
      ).get(name)!,
    );

  it.each([
    ['zeros', {}, 0],
    ['ones', {}, 1],
    ['constant', { scale: 0.25 }, 0.25],
  ])('%s', (kind, more, value) => {
    expect(first(kind, more)).toEqual(new Array(200).fill(value));
  });

  it('uniform stays within its half-width', () => {
    const values = first('uniform', { scale: 0.5 });
    expect(values.every((v) => Math.abs(v) < 0.5)).toBe(true);
    expect(Math.max(...values)).toBeGreaterThan(0.45);
    expect(Math.min(...values)).toBeLessThan(-0.45);
  });

  it('normal has its deviation, and changes with seed and name', () => {
    const values = first('normal', { scale: 2 });
    const deviation = Math.sqrt(values.reduce((s, v) => s + v * v, 0) / values.length);
    expect(Math.abs(deviation - 2)).toBeLessThan(0.4);
    expect(first('normal', {}, 2)).not.toEqual(first('normal', {}, 1));
    expect(first('normal', {}, 1, 'v')).not.toEqual(first('normal', {}, 1, 'w'));
  });

  it('values are taken as they stand', () => {
    expect(first('values', { values: [1, 2, 3] })).toEqual([1, 2, 3]);
  });
});

const matrix = (rows: number, columns: number, counts?: readonly number[]) =>
  initialise(
    [
      {
        name: 'w',
        stream: 'w',
        shape: [...(counts ?? []), rows, columns],
        ...(counts && { repeats: { counts } }),
        init: { kind: 'orthogonal', scale: 2 },
      } as unknown as Parameters<typeof initialise>[0][number],
    ],
    1,
  ).get('w') as Float64Array;

describe('orthogonal first values', () => {
  it.each([
    [3, 5],
    [5, 3],
    [40, 40],
    [1, 4],
  ])('of %d × %d have all singular values at the scale', (rows, columns) => {
    const w = matrix(rows, columns);
    const few = Math.min(rows, columns);
    const at = (vector: number, i: number) =>
      (rows <= columns ? w[vector * columns + i] : w[i * columns + vector]) as number;
    for (let a = 0; a < few; a++)
      for (let b = 0; b < few; b++) {
        let product = 0;
        for (let i = 0; i < Math.max(rows, columns); i++) product += at(a, i) * at(b, i);
        expect(product).toBeCloseTo(a === b ? 4 : 0, 13);
      }
  });

  it('of repeats are matrices of their own, and the first does not depend on how many follow', () => {
    const three = matrix(2, 2, [3]);
    expect(three.slice(0, 4)).toEqual(matrix(2, 2));
    expect(three.slice(4, 8)).not.toEqual(three.slice(0, 4));
    expect((three[8] as number) ** 2 + (three[9] as number) ** 2).toBeCloseTo(4, 13);
  });
});
