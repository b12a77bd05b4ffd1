import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../catalogue/fields.ts';
import { catalogue } from '../../catalogue/index.ts';
import { formatField, parseField } from './parse-fields.ts';

const fieldIn = (type: string, key: string) => {
  const definition = catalogue.find((known) => known.type === type);
  const found = definition && fieldsOf(definition).find((field) => field.key === key);
  if (!found) throw new Error(`${type} has no field ${key}`);
  return found;
};

describe('a number for each axis', () => {
  it.each([
    ['kernel', '3', 3],
    ['kernel', '3 × 5', [3, 5]],
    ['kernel', '3x5', [3, 5]],
    ['kernel', ' 3, 5 ', [3, 5]],
    ['kernel', '3 5', [3, 5]],
    ['padding', 'Same', 'same'],
    ['padding', '0 × 2', [0, 2]],
    ['groups', 'depthwise', 'depthwise'],
    ['groups', '4', 4],
  ])('%s: reads %j', (key, text, value) => {
    expect(parseField(fieldIn('conv2d', key), text)).toEqual({ value });
  });

  it.each([
    ['kernel', '0'],
    ['kernel', '3 × 5 × 7'],
    ['kernel', '1.5'],
    ['kernel', 'same'],
    ['padding', 'most'],
    ['kernel', ''],
  ])('%s: refuses %j', (key, text) => {
    expect(parseField(fieldIn('conv2d', key), text)).toHaveProperty('problem');
  });

  it('is written as it is read', () => {
    expect(formatField(fieldIn('conv2d', 'kernel'), [3, 5])).toBe('3 × 5');
    expect(formatField(fieldIn('conv2d', 'kernel'), 3)).toBe('3');
    expect(formatField(fieldIn('conv2d', 'padding'), 'same')).toBe('same');
  });

  it('is one number along one axis', () => {
    expect(parseField(fieldIn('conv1d', 'kernel'), '3 × 5')).toHaveProperty('problem');
    expect(parseField(fieldIn('conv1d', 'kernel'), '4')).toEqual({ value: 4 });
  });

  it('may be a number of the block', () => {
    expect(parseField(fieldIn('conv2d', 'stride'), 's', { numbers: ['s'] })).toEqual({
      value: { number: 's' },
    });
  });
});
