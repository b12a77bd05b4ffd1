import { describe, expect, it } from 'vitest';
import { Arena } from '../numeric/arena.ts';
import { type Fill, numbersOf, writeOutFew } from './fill.ts';
import type { Plan } from './plan.ts';

const of = (fill: Fill, ...shape: number[]) => [...Array.from(numbersOf(fill, shape))];

describe('numbers by a rule', () => {
  it('count up', () => {
    expect(of({ fill: 'range' }, 2, 3)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('are 1 where all indices are equal, in any shape', () => {
    expect(of({ fill: 'identity' })).toEqual([1]);
    expect(of({ fill: 'identity' }, 2, 3)).toEqual([1, 0, 0, 0, 1, 0]);
    expect(of({ fill: 'identity' }, 3, 2)).toEqual([1, 0, 0, 1, 0, 0]);
    expect(of({ fill: 'identity' }, 2, 2, 2)).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('are spread as their distribution says', () => {
    for (const [fill, variance] of [
      ['uniform', 1 / 3],
      ['normal', 1],
    ] as const) {
      const numbers = of({ fill, key: [1, 2] }, 200, 500);
      const mean = numbers.reduce((sum, x) => sum + x, 0) / 1e5;
      const square = numbers.reduce((sum, x) => sum + x * x, 0) / 1e5;
      // Four deviations of the mean of so many.
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / 1e5));
      expect(Math.abs(square - variance)).toBeLessThan(0.02);
    }
  });

  it('stay a rule where they are many, and are made in the memory of the engine', () => {
    const rule: Fill = { fill: 'normal', key: [3, 4] };
    expect(writeOutFew(rule, [64, 64])).toHaveLength(4096);
    expect(writeOutFew(rule, [64, 65])).toBe(rule);
    const shape = [100, 50];
    const plan: Plan = {
      dtype: 'float32',
      caches: { first: 1, second: 1 },
      bytes: 64 + 4 * 5000,
      buffers: [{ shape, offset: 64, bytes: 4 * 5000 }],
      steps: [],
      inputs: {},
      outputs: { out: 0 },
      constants: [{ buffer: 0, data: rule }],
      metrics: {},
    };
    const made = new Arena(plan, new Float32Array(16 + 5000));
    expect(made.read('out')).toEqual(Float32Array.from(numbersOf(rule, shape)));
    expect([...made.numbers.subarray(0, 16)]).toEqual(new Array(16).fill(0));
  });
});
