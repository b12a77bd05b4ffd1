import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../test/support/properties.ts';
import { splitBy, testRows } from './split.ts';

const sides = (made: ReturnType<typeof splitBy>) => {
  if ('fault' in made) throw new Error(made.fault.en);
  return made;
};

describe('a split by what stands in the rows', () => {
  it('keeps classes in proportion, to the row', () => {
    // sklearn.model_selection.train_test_split(stratify=…) holds back as many of each: 6, 3 and 1 of 60, 30 and 10.
    const keys = Array.from({ length: 100 }, (_, r) => (r < 60 ? 0 : r < 90 ? 1 : 2));
    const { test, train } = sides(splitBy({ kind: 'stratified', keys, fraction: 0.1, seed: 3 }));
    expect([0, 1, 2].map((key) => [...test].filter((r) => keys[r] === key).length)).toEqual([6, 3, 1]);
    expect([...test, ...train].sort((a, b) => a - b)).toEqual(keys.map((_, r) => r));
  });

  it('by order holds back the last', () => {
    const { test, train } = sides(
      splitBy({ kind: 'order', keys: [5, 1, 4, 2, 3, 3], fraction: 0.34, seed: 1 }),
    );
    expect([[...train], [...test]]).toEqual([
      [1, 3, 4, 5],
      [2, 0],
    ]);
  });

  it('by group leaves no group on both sides, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { minLength: 2, maxLength: 40 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.nat(5),
        (keys, fraction, seed) => {
          const made = splitBy({ kind: 'group', keys, fraction, seed });
          if ('fault' in made) return;
          expect(made.test.length).toBe(testRows(keys.length, fraction));
          const held = new Set(Array.from(made.test, (r) => keys[r]));
          for (const row of made.train) expect(held.has(keys[row])).toBe(false);
          expect(made.train.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says so where one group is all', () => {
    expect(splitBy({ kind: 'group', keys: [1, 1, 1], fraction: 0.4, seed: 1 })).toHaveProperty('fault');
  });
});
