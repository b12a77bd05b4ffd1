import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  asNumber,
  constant,
  divideExactly,
  equal,
  floorDivide,
  format,
  maximum,
  multiply,
  type Size,
  substitute,
  subtract,
  symbol,
} from './size.ts';
import { parseSize } from './size-parser.ts';

const read = (text: string): Size => {
  const reading = parseSize(text);
  if ('error' in reading) throw new Error(reading.error.en);
  return reading.size;
};
const at = (size: Size, values: Record<string, number>) =>
  asNumber(
    substitute(size, (atom) => (atom.kind === 'symbol' ? constant(values[atom.name] ?? 0) : undefined)),
  );

/** Random expressions as text, with their value worked out by JavaScript itself. */
const expression = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: 0, max: 9 }).map(String),
    fc.constantFrom('a', 'b', 'c'),
    fc.tuple(tie('e'), fc.constantFrom('+', '-', '*'), tie('e')).map(([x, op, y]) => `(${x} ${op} ${y})`),
  ),
})).e;

describe('sizes', () => {
  it('evaluate like arithmetic, whatever form they are brought to', () => {
    fc.assert(
      fc.property(
        expression,
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 3, maxLength: 3 }),
        (text, [a = 1, b = 1, c = 1]) => {
          const expected = new Function('a', 'b', 'c', `return ${text}`)(a, b, c) as number;
          expect(at(read(text), { a, b, c })).toBe(expected === 0 ? 0 : expected);
        },
      ),
    );
  });
  it('are printed so that they read back as themselves', () => {
    fc.assert(
      fc.property(expression, (text) => {
        expect(equal(read(format(read(text)).replace(/^-/, '0 - ')), read(text))).toBe(true);
      }),
    );
  });
  it('are equal when they mean the same', () => {
    expect(equal(read('(a + b)*(a - b)'), read('a*a - b*b'))).toBe(true);
    expect(equal(read('2*a'), read('a'))).toBe(false);
  });
  it('round down, and up inside ceil', () => {
    expect(asNumber(read('floor((28 + 2*1 - 3)/2) + 1'))).toBe(14);
    expect(asNumber(read('ceil(7/2)'))).toBe(4);
    expect(asNumber(read('7/2'))).toBe(3);
    expect(at(read('ceil(n/4)'), { n: 9 })).toBe(3);
    expect(equal(read('2*n/2'), symbol('n'))).toBe(true);
  });
  it('take the larger of two', () => {
    expect(asNumber(read('max(3, 5)'))).toBe(5);
    expect(equal(maximum(add(symbol('n'), constant(1)), symbol('n')), read('n + 1'))).toBe(true);
    expect(at(read('max(n, m)'), { n: 2, m: 9 })).toBe(9);
  });
  it('divide only where nothing is left over', () => {
    expect(divideExactly(read('6*a*b'), read('2*a'))).toEqual(read('3*b'));
    expect(divideExactly(read('6*a + 1'), constant(2))).toBeUndefined();
    expect(divideExactly(multiply(symbol('a'), symbol('b')), symbol('c'))).toBeUndefined();
    expect(format(floorDivide(read('a + 1'), constant(2)))).toBe('floor((a + 1)/(2))');
    expect(asNumber(subtract(read('a'), read('a')))).toBe(0);
  });
  it('refuse a product that would have too many terms to write out', () => {
    const factors = Array.from({ length: 30 }, (_, i) => `(a${i} + b${i})`).join('*');
    expect(parseSize(factors)).toMatchObject({ error: { en: 'it has too many terms' } });
  });
  it('say what cannot be read', () => {
    for (const text of [
      '',
      'a +',
      '(a',
      'a b',
      '#',
      'sqrt(4)',
      'max(1)',
      '99999999999999999999',
      '('.repeat(200),
    ])
      expect(parseSize(text), text).toHaveProperty('error');
  });
});
