import { describe, expect, it } from 'vitest';
import { readNumber, rightOption, withinReach } from './judge-guess.ts';

const words = { en: '', zh: '' };

describe('a guess', () => {
  it('is right where the figure lies in the range of the option, the first of several', () => {
    const options = [
      { text: words, to: 0.5 },
      { text: words, from: 0.5, to: 2 },
      { text: words, from: 2 },
    ];
    expect([0, 0.5, 1.9, 7].map((figure) => rightOption(options, figure))).toEqual([0, 0, 1, 2]);
    expect(rightOption(options.slice(0, 2), 7)).toBeUndefined();
    expect(rightOption(options, Number.NaN)).toBeUndefined();
  });

  it('is near as a part of the figure, and of 0 as a number', () => {
    expect(withinReach(11, 10, 0.1)).toBe(true);
    expect(withinReach(11.01, 10, 0.1)).toBe(false);
    expect(withinReach(-11, -10, 0.1)).toBe(true);
    expect([0.05, 0.2].map((guess) => withinReach(guess, 0, 0.1))).toEqual([true, false]);
    expect(withinReach(1, Number.NaN, 1)).toBe(false);
  });

  it('reads numbers as people write them', () => {
    expect(['1.37e7', '1 372 000', '−3', '1,5', ' .5 ', '2×10^3'].map(readNumber)).toEqual([
      1.37e7, 1372000, -3, 1.5, 0.5, 2000,
    ]);
    expect(['', '  ', 'two', '1,2,3', 'Infinity', '0x'].map(readNumber)).toEqual(Array(6).fill(undefined));
  });
});
