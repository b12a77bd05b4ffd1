import { describe, expect, it } from 'vitest';
import type { JudgedRows } from '../../worker/protocol.ts';
import { confusion, judge, likeliest, probabilities, worstFirst } from './judge.ts';

const held: JudgedRows = {
  ...{ isTest: true, count: 3, rows: [4, 8, 9], features: [], port: 'l.y', classes: 2, names: undefined },
  labels: new Float32Array([0, 1, 1]),
  scores: new Float32Array([Math.log(3), 0, Math.log(9), 0, 0, Math.log(4)]),
};

describe('what scores mean', () => {
  it('is their softmax, and themselves where they are probabilities', () => {
    // scipy.special.softmax([1, 2, 3])
    expect(probabilities([1, 2, 3]).map((p) => p.toFixed(6))).toEqual(['0.090031', '0.244728', '0.665241']);
    expect(probabilities([0.25, 0.75])).toEqual([0.25, 0.75]);
    expect(probabilities([1000, 0])).toEqual([1, 0]);
    expect(likeliest([1, 3, 3])).toBe(1);
  });

  it('is told row by row', () => {
    expect(
      judge(held).map(({ predicted, truth, ofTruth }) => [predicted, truth, ofTruth.toFixed(4)]),
    ).toEqual([
      [0, 0, '0.7500'],
      [0, 1, '0.1000'],
      [1, 1, '0.8000'],
    ]);
  });

  it('puts the worst first and counts confusions', () => {
    expect(worstFirst(judge(held)).map(({ index }) => index)).toEqual([1, 0, 2]);
    expect(confusion(judge(held), 2)).toEqual([[1, 0], [1, 1]]); // biome-ignore format: a matrix
  });
});
