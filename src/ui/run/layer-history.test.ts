import { describe, expect, it } from 'vitest';
import { figureOf, pointAt, withPoints } from './layer-history.ts';

const point = (step: number) => ({ step, layers: [] });
const distribution = (norm: number) => ({ norm, histogram: { low: 0, high: 0, counts: new Uint32Array(1) } });

describe('the history of layers', () => {
  it('is in the order of its steps, each once, and stays spread when there are too many', () => {
    const known = withPoints([point(0), point(40)], [point(10), point(40), point(11)]);
    expect(known.map(({ step }) => step)).toEqual([0, 10, 11, 40]);
    expect(withPoints(known, [point(30)], 4).map(({ step }) => step)).toEqual([0, 11, 30, 40]);
    expect(pointAt(known, 29)?.step).toBe(11);
  });

  it('has figures of each quantity', () => {
    const layer = { name: 'w', weights: distribution(4), gradient: distribution(8), update: 0.5 };
    expect(figureOf(layer, 'gradient')).toBe(8);
    expect(figureOf(layer, 'weightsHistogram')).toBe(4);
    expect(figureOf(layer, 'ratio')).toBe(0.125);
    expect(figureOf({ ...layer, weights: distribution(0) }, 'ratio')).toBeUndefined();
  });
});
