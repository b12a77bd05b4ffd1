import { describe, expect, it } from 'vitest';
import { draw, keyFrom, normal, normalQuantile, permutation, threefry, uniform } from './random.ts';

const mean = (a: ArrayLike<number>) => Array.from(a).reduce((s, x) => s + x, 0) / a.length;
const hex = (words: readonly number[]) => words.map((w) => w.toString(16).padStart(8, '0')).join(' ');

describe('threefry', () => {
  // The known-answer vectors that Salmon et al. publish with Random123 (threefry2x32, 20 rounds).
  it.each([
    { key: [0, 0], counter: [0, 0], expected: '6b200159 99ba4efe' },
    {
      key: [0xffffffff, 0xffffffff],
      counter: [0xffffffff, 0xffffffff],
      expected: '1cb996fc bb002be7',
    },
    {
      key: [0x13198a2e, 0x03707344],
      counter: [0x243f6a88, 0x85a308d3],
      expected: 'c4923a9c 483df7a0',
    },
  ] as const)('encrypts $counter to $expected', ({ key, counter, expected }) => {
    expect(hex(threefry([key[0], key[1]], counter[0], counter[1]))).toBe(expected);
  });
});

describe('keyFrom', () => {
  it('separates seeds, paths and the parts of a path', () => {
    const keys = [
      keyFrom(1),
      keyFrom(2),
      keyFrom(2 ** 32 + 1),
      keyFrom(1, 'a'),
      keyFrom(1, 'ab', 'c'),
      keyFrom(1, 'a', 'bc'),
      keyFrom(1, 'abc'),
      keyFrom(1, 'abc', ''),
      keyFrom(1, 'a', 1),
    ];
    expect(new Set(keys.map(hex)).size).toBe(keys.length);
  });
});

describe('uniform', () => {
  it('fills the open unit interval evenly', () => {
    const bins = new Array<number>(10).fill(0);
    const numbers = uniform(keyFrom(7), 100_000);
    for (const u of numbers) bins[Math.floor(u * 10)]! += 1;
    expect(numbers.every((u) => u > 0 && u < 1)).toBe(true);
    // χ² with 9 degrees of freedom: 27.9 is exceeded once in a thousand keys; this key is fixed.
    const chi2 = bins.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chi2).toBeLessThan(27.9);
  });

  it('gives the same prefix whatever the length', () => {
    expect(uniform(keyFrom(3), 5)).toEqual(uniform(keyFrom(3), 50).slice(0, 5));
  });
});

describe('normal', () => {
  it('has the moments of the standard normal', () => {
    const x = normal(keyFrom(11), 200_000);
    expect(mean(x)).toBeCloseTo(0, 2);
    expect(mean(x.map((v) => v ** 2))).toBeCloseTo(1, 2);
    expect(mean(x.map((v) => v ** 4))).toBeCloseTo(3, 1);
  });

  it.each([
    { p: 0.5, x: 0 },
    { p: 0.975, x: 1.959963984540054 },
    { p: 0.25, x: -0.6744897501960817 },
    { p: 0.001, x: -3.090232306167814 },
    { p: 1e-10, x: -6.361340902404056 },
    { p: 1e-20, x: -9.262340089798408 },
  ])('has the quantile $x at $p', ({ p, x }) => {
    expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(4e-15 * Math.abs(x));
  });
});

describe('permutation', () => {
  it('holds every number once and depends on the key', () => {
    const a = permutation(keyFrom(1), 1000);
    expect(Array.from(a).sort((x, y) => x - y)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(permutation(keyFrom(1), 1000)).toEqual(a);
    expect(permutation(keyFrom(2), 1000)).not.toEqual(a);
  });

  it('gives each of the six orders of three about equally often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = permutation(keyFrom(seed), 3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const n of counts.values()) expect(Math.abs(n - 1000)).toBeLessThan(130);
  });

  it.each([0, 1])('of %i elements is that order', (n) => {
    expect(Array.from(permutation(keyFrom(1), n))).toEqual(n === 0 ? [] : [0]);
  });
});

describe('draw', () => {
  it('takes both words of every counter, in blocks of eight, and never 0 or 1', () => {
    const key = keyFrom(7);
    const drawn = draw(key, 5, 11);
    const unit = (word: number) => ((word >>> 9) + 0.5) / 2 ** 23;
    const words = Array.from({ length: 8 }, (_, c) => threefry(key, c, 5));
    const block = (from: number) =>
      [0, 1].flatMap((w) => words.slice(from, from + 4).map((pair) => unit(pair[w] as number)));
    expect(Array.from(drawn)).toEqual([...block(0), ...block(4)].slice(0, 11));
    expect(Array.from(drawn)).toEqual(Array.from(Float32Array.from(drawn)));
    expect(mean(draw(key, 0, 20_000))).toBeCloseTo(0.5, 2);
    expect(Math.min(...drawn)).toBeGreaterThan(0);
  });
});
