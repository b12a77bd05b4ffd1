import { describe, expect, it } from 'vitest';
import { isOfSeries, newLabels } from './new-labels.ts';

describe('labels of new nodes', () => {
  it('count on in letters and in small figures, past what is there', () => {
    const next = newLabels(['B', 'W₁', 'mine']);
    expect([next('A'), next('A'), next('A'), next('W'), next('W')]).toEqual(['A', 'C', 'D', 'W₂', 'W₃']);
  });

  it('go on after Z, and after nine', () => {
    const next = newLabels([]);
    const letters = Array.from({ length: 28 }, () => next('A'));
    expect(letters.slice(-4)).toEqual(['Y', 'Z', 'A₁', 'B₁']);
    const weights = Array.from({ length: 12 }, () => next('W'));
    expect(weights.slice(-3)).toEqual(['W₁₀', 'W₁₁', 'W₁₂']);
  });

  it('are told from those that somebody wrote', () => {
    expect(['A', 'Z₁', 'W₁₂'].every(isOfSeries)).toBe(true);
    expect(['a', 'AB', 'first', 'W1', ''].some(isOfSeries)).toBe(false);
  });
});
