import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const fields = [
  { name: 'rate', also: ['Learning rate η'] },
  { name: 'beta1', also: ['β₁'] },
  { name: 'epsilon' },
  { name: 'weightDecay', also: ['Weight decay'] },
  { name: 'units' },
];

describe('the nearest name', () => {
  it.each([
    ['learningRate', 'rate'],
    ['weight_decay', 'weightDecay'],
    ['beta_1', 'beta1'],
    ['unit', 'units'],
    ['hiddenUnits', 'units'],
    ['eps', 'epsilon'],
    ['rte', 'rate'],
    ['dropout', undefined],
    ['lr', undefined],
    ['', undefined],
  ])('of %s is %s', (name, expected) => {
    expect(nearest(name, fields)).toBe(expected);
  });
});
