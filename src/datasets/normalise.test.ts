import { describe, expect, it } from 'vitest';
import { fitColumn, normalised } from './normalise.ts';

/** Rows of two features; the last row is held back. */
const data = Float32Array.of(1, 10, 3, 10, Number.NaN, 10, 100, 20);
const train = [0, 1, 2];

describe('normalisation', () => {
  it('is fitted on the training rows alone; gaps take the mean, equal numbers the scale 1', () => {
    // sklearn.preprocessing.StandardScaler().fit([[1, 10], [3, 10], [nan, 10]])
    const fit = fitColumn(data, train, 2, 2, 'standard');
    expect(fit).toEqual({ fill: [2, 10], shift: [2, 10], scale: [1, 1] });
    expect([...normalised(data, 2, fit)]).toEqual([-1, 0, 1, 0, 0, 0, 98, 10]);
  });

  it('from least to greatest goes from 0 to 1', () => {
    const fit = fitColumn(data, train, 2, 2, 'minmax');
    expect(fit).toEqual({ fill: [2, 10], shift: [1, 10], scale: [2, 1] });
    expect([...normalised(data, 2, fit)]).toEqual([0, 0, 1, 0, 0.5, 0, 49.5, 10]);
  });

  it('of images is one for each channel', () => {
    const images = Float32Array.of(0, 2, 10, 30, 2, 4, 30, 10);
    const fit = fitColumn(images, [0, 1], 4, 2, 'standard');
    expect(fit.shift).toEqual([2, 20]);
    expect(fit.scale).toEqual([Math.SQRT2, 10]);
    expect([...normalised(images, 4, { ...fit, scale: [1, 10] })]).toEqual([-2, 0, -1, 1, 0, 2, 1, -1]);
  });
});
