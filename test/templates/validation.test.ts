import { expect, it } from 'vitest';
import { split } from '../../src/datasets/index.ts';
import { validating, withSettings } from './validation.ts';

it('validates by training rows; of the rows held back none is seen', async () => {
  const numbers = Float32Array.from({ length: 20 }, (_, r) => r);
  const source = { resolve: async () => ({ columns: { x: numbers.slice(), y: numbers } }) };
  const resolved = await validating(source, { test: 0.2, splitSeed: 3 }).resolve({ name: '', options: {} });
  if ('fault' in resolved) throw new Error(resolved.fault.en);
  const { train, test } = split(20, 0.2, 3);
  const read = (places: Uint32Array) => Array.from(places, (place) => resolved.columns.y?.[place]);
  expect(resolved.columns.x).toEqual(resolved.columns.y);
  expect(read(test)).toEqual([...train.subarray(0, 4)]);
  expect(new Set(read(train))).toEqual(new Set(train.subarray(4)));
});

it('tries other settings, and refuses those that are not there', () => {
  const document = { run: { seed: 1 } };
  expect(withSettings(document, ['run.seed=7'])).toEqual({ run: { seed: 7 } });
  expect(() => withSettings(document, ['nodes.adam.rate=1'])).toThrow('nodes.adam.rate');
});
