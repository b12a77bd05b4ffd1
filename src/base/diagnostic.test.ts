import { describe, expect, expectTypeOf, it } from 'vitest';
import { codes, type ValuesOfCode } from './codes.ts';
import { diagnose } from './diagnostic.ts';
import { fill, text } from './text.ts';

const placeholders = (words: string) => [...new Set(words.match(/\{\w+\}/g))].sort();

describe('the words of a diagnostic', () => {
  it.each(Object.entries(codes))(
    '%s has the same placeholders in every language',
    (_, { message, remedy }) => {
      expect(placeholders(message.zh)).toEqual(placeholders(message.en));
      expect(placeholders(remedy.zh)).toEqual(placeholders(remedy.en));
    },
  );

  it('need the values of message and remedy, and take no others', () => {
    expectTypeOf<keyof ValuesOfCode<'unknown-type'>>().toEqualTypeOf<'type' | 'suggestion'>();
    expectTypeOf<keyof ValuesOfCode<'nothing-to-run'>>().toEqualTypeOf<never>();
    const { message, remedy } = diagnose('unknown-type', {}, { type: 'adm', suggestion: ': adam?' });
    expect(message.en).toBe('There is no node type "adm".');
    expect(remedy.zh).toBe('请从面板中选择类型: adam?。');
    expect(diagnose('nothing-to-run', { node: 'a' })).toMatchObject({ node: 'a', severity: 'error' });
    // @ts-expect-error: a value of the remedy is missing
    diagnose('unknown-type', {}, { type: 'adm' });
    // @ts-expect-error: the message needs values
    diagnose('unknown-type', {});
    // @ts-expect-error: no such value
    diagnose('missing-input', {}, { port: 'x', node: 'n', wire: 'w' });
  });

  it('a text is filled in both languages, and its type says with what', () => {
    const greeting = text('{a} of {b}', '{b} 的 {a}');
    expect(fill(greeting, { a: 1, b: text('two', '二') })).toEqual({ en: '1 of two', zh: '二 的 1' });
    // @ts-expect-error: b is missing
    fill(greeting, { a: 1 });
  });
});
