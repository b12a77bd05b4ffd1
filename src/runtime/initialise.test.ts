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
