import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { text } from './text.ts';
import { describeFaults, refuse, validate } from './validate.ts';

const faultsOf = (schema: z.ZodType, value: unknown) => {
  const read = validate(schema, value);
  return 'faults' in read ? read.faults : [];
};

/** Every kind of issue that zod has for JSON, provoked. */
const cases: readonly (readonly [kind: string, z.ZodType, unknown, en: string, zh: string])[] = [
  ['invalid_type', z.number(), 'x', 'expected number, found string', '应为数，实际为字符串'],
  ['invalid_type', z.int(), 2.5, 'expected whole number, found 2.5', '应为整数，实际为 2.5'],
  ['invalid_type', z.array(z.number()), null, 'expected array, found null', '应为数组，实际为 null'],
  ['invalid_type', z.number(), Number.NaN, 'expected number, found NaN', '应为数，实际为 NaN'],
  ['invalid_type', z.string(), undefined, 'is missing; expected string', '缺失；应为字符串'],
  ['invalid_value', z.literal('a'), 'b', 'expected "a"', '应为 "a"'],
  ['invalid_value', z.enum(['a', 'b']), 'c', 'expected one of "a", "b"', '应为以下之一："a"、"b"'],
  ['too_small', z.number().min(1), 0, 'must be at least 1', '必须不小于 1'],
  ['too_small', z.number().positive(), 0, 'must be greater than 0', '必须大于 0'],
  ['too_small', z.string().min(1), '', 'must have at least 1 character', '必须至少有 1 个字符'],
  ['too_small', z.array(z.int()).length(2), [1], 'must have exactly 2 elements', '必须恰好有 2 个元素'],
  ['too_big', z.number().max(1), 2, 'must be at most 1', '必须不大于 1'],
  ['too_big', z.number().lt(1), 1, 'must be less than 1', '必须小于 1'],
  ['too_big', z.array(z.int()).max(1), [1, 2], 'must have at most 1 element', '必须至多有 1 个元素'],
  ['too_big', z.string().max(2), 'abc', 'must have at most 2 characters', '必须至多有 2 个字符'],
  [
    'invalid_format',
    z.string().regex(/^a$/),
    'b',
    '"b" does not match the pattern /^a$/',
    '"b" 不符合模式 /^a$/',
  ],
  ['not_multiple_of', z.number().multipleOf(3), 4, 'must be a multiple of 3', '必须是 3 的倍数'],
  ['unrecognized_keys', z.strictObject({}), { a: 1, b: 2 }, 'unknown: "a", "b"', '未知："a"、"b"'],
  [
    'invalid_union',
    z.union([z.int(), z.array(z.int())]),
    'x',
    'expected number, found string; or expected array, found string',
    '应为数，实际为字符串；或应为数组，实际为字符串',
  ],
  [
    'invalid_key',
    z.record(z.string().max(1), z.int()),
    { ab: 1 },
    'must have at most 1 character',
    '必须至多有 1 个字符',
  ],
  [
    'invalid_element',
    z.map(z.unknown(), z.int()),
    new Map([[{}, 'x']]),
    'expected number, found string',
    '应为数，实际为字符串',
  ],
  ['custom', z.int().refine(() => false, refuse(text('is odd', '是奇数'))), 3, 'is odd', '是奇数'],
];

describe('what is wrong with a value, in words', () => {
  it.each(cases)('%s %#', (kind, schema, value, en, zh) => {
    expect(schema.safeParse(value).error?.issues[0]?.code).toBe(kind);
    expect(faultsOf(schema, value)[0]?.detail).toEqual({ en, zh });
  });

  it('holds for every kind of issue that zod knows', () => {
    const known: Record<z.core.$ZodIssueCode, true> = {
      invalid_type: true,
      invalid_value: true,
      too_small: true,
      too_big: true,
      invalid_format: true,
      not_multiple_of: true,
      unrecognized_keys: true,
      invalid_union: true,
      invalid_key: true,
      invalid_element: true,
      custom: true,
    };
    expect(new Set(cases.map(([kind]) => kind))).toEqual(new Set(Object.keys(known)));
  });

  it('names the places, several in a row', () => {
    const schema = z.object({ a: z.int(), b: z.array(z.int().min(1)) });
    const faults = faultsOf(schema, { b: [1, 0] });
    expect(faults.map(({ path }) => path)).toEqual([['a'], ['b', 1]]);
    expect(describeFaults(faults)).toEqual({
      en: 'a: is missing; expected number, b.1: must be at least 1',
      zh: 'a：缺失；应为数、b.1：必须不小于 1',
    });
  });

  it('gives the value where nothing is wrong', () => {
    expect(validate(z.object({ a: z.int().default(3) }), {})).toEqual({ value: { a: 3 } });
  });
});
