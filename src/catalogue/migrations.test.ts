import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../test/support/properties.ts';
import type { Json } from '../base/edit.ts';
import { catalogue } from './index.ts';
import { migrateParams, type ParamsMigration } from './migrations.ts';

/** A type whose `lr` became `learningRate`, which became `rate`, and whose `width` and `height` became `size`. */
const migrations: readonly ParamsMigration[] = [
  { replaces: ['lr'], by: ({ lr = null }) => ({ learningRate: lr }) },
  { replaces: ['width', 'height'], by: ({ width = 1, height = 1 }) => ({ size: [width, height] }) },
  { replaces: ['learningRate'], by: ({ learningRate = null }) => ({ rate: learningRate }) },
];

describe('parameters of an older shape', () => {
  it.each<[Record<string, Json>, Record<string, Json>]>([
    [{ lr: 3 }, { rate: 3 }],
    [
      { learningRate: 3, units: 2 },
      { rate: 3, units: 2 },
    ],
    [{ width: 2 }, { size: [2, 1] }],
    [{ lr: 3, rate: 1 }, { rate: 1 }],
    [{ lr: 'fast' }, { rate: 'fast' }],
  ])('%j become %j', (old, now) => {
    expect(migrateParams(migrations, old)).toEqual(now);
  });

  it('of the present shape are the same object', () => {
    const params = { rate: 1, note: 'unknown, and kept' };
    expect(migrateParams(migrations, params)).toBe(params);
  });

  it('migrate once: twice is the same, and nothing else is lost', () => {
    const keys = fc.constantFrom('lr', 'learningRate', 'rate', 'width', 'height', 'size', 'other');
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue() as fc.Arbitrary<Json>), (params) => {
        const once = migrateParams(migrations, params);
        expect(migrateParams(migrations, once)).toBe(once);
        for (const key of ['rate', 'size', 'other'])
          if (key in params) expect(once[key]).toEqual(params[key]);
      }),
    );
  });
});

it('the catalogue migrates only parameters that their types have no more', () => {
  const clashes = catalogue.flatMap(({ type, params, migrations = [] }) =>
    migrations.flatMap(({ replaces }) =>
      replaces.filter((key) => key in params.shape).map((key) => [type, key]),
    ),
  );
  expect(clashes).toEqual([]);
});
