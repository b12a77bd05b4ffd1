import { describe, expect, it } from 'vitest';
import { shuffled, withReplacement } from './batches.ts';

const rows = Uint32Array.from({ length: 10 }, (_, i) => 100 + i);

describe('shuffled batches', () => {
  it('run through every row once an epoch, across batches that span two', () => {
    const batches = shuffled(rows, 4, 1, 'data');
    const stream = Array.from({ length: 5 }, (_, step) => [...batches(step)]).flat();
    expect(stream.slice(0, 10).sort()).toEqual([...rows]);
    expect(stream.slice(10, 20).sort()).toEqual([...rows]);
    expect(stream.slice(0, 10)).not.toEqual(stream.slice(10, 20));
  });

  it('depend on seed, stream and step alone', () => {
    const a = shuffled(rows, 4, 1, 'data');
    const b = shuffled(rows, 4, 1, 'data');
    b(7);
    expect(b(2)).toEqual(a(2));
    expect(shuffled(rows, 10, 2, 'data')(0)).not.toEqual(shuffled(rows, 10, 1, 'data')(0));
    expect(shuffled(rows, 10, 1, 'other')(0)).not.toEqual(shuffled(rows, 10, 1, 'data')(0));
  });

  it('may be larger than the data', () => {
    expect(shuffled(rows, 25, 1, 'data')(0).length).toBe(25);
  });
});

describe('batches with replacement', () => {
  it('draw each row anew: some again before all others', () => {
    const batches = withReplacement(rows, 10, 1, 'data');
    const counts = new Map<number, number>();
    let repeats = 0;
    for (let step = 0; step < 1000; step++) {
      const batch = [...batches(step)];
      if (new Set(batch).size < 10) repeats++;
      for (const row of batch) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    // Ten different rows in ten draws: 10!/10¹⁰ = 0.00036 of the steps.
    expect(repeats).toBeGreaterThan(990);
    expect([...counts.keys()].sort()).toEqual([...rows]);
    // 1000 each; four standard deviations of a binomial count are 120.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('depend on seed, stream and the rows that were taken before', () => {
    const a = withReplacement(rows, 4, 1, 'data');
    expect([...a(3)]).toEqual([...withReplacement(rows, 4, 1, 'data')(3)]);
    expect([...withReplacement(rows, 8, 1, 'data')(1)].slice(0, 4)).toEqual([...a(2)]);
    expect([...withReplacement(rows, 8, 1, 'data', { step: 5, rows: 12 })(5)].slice(0, 4)).toEqual([...a(3)]);
    expect([...withReplacement(rows, 10, 2, 'data')(0)]).not.toEqual([
      ...withReplacement(rows, 10, 1, 'data')(0),
    ]);
    expect([...withReplacement(rows, 10, 1, 'other')(0)]).not.toEqual([
      ...withReplacement(rows, 10, 1, 'data')(0),
    ]);
  });
});
