import { describe, expect, it } from 'vitest';
import { shuffled } from './batches.ts';

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
