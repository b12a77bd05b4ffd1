import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../test/support/properties.ts';
import {
  add,
  asNumber,
  constant,
  evaluate,
  floorDivide,
  maximum,
  multiply,
  type Size,
  subtract,
  symbol,
  unknown,
} from './size.ts';
import { parseSize } from './size-parser.ts';
import { solve } from './solve.ts';

/** An expression with `u` for the unknown. */
function written(text: string): Size {
  const read = parseSize(text);
  if ('error' in read) throw new Error(text);
  return substituteU(read.size);
}
const substituteU = (size: Size): Size =>
  JSON.parse(
    JSON.stringify(size).replaceAll('{"kind":"symbol","name":"u"}', '{"kind":"unknown","id":"u"}'),
  ) as Size;
const answer = (left: string, right: number) => {
  const found = solve(subtract(written(left), constant(right)), 'u');
  return typeof found === 'object' ? asNumber(found) : found;
};

describe('one equation for one unknown', () => {
  it('convolution arithmetic: the input where the stride is 1, the kernel, the padding, the stride', () => {
    expect(answer('floor((u + 2*1 - 1*(3 - 1) - 1)/1) + 1', 28)).toBe(28);
    expect(answer('floor((u + 2*1 - 2 - 1)/2) + 1', 14)).toBeUndefined();
    expect(answer('floor((28 - (u - 1) - 1)/1) + 1', 24)).toBe(5);
    expect(answer('floor((28 - (u - 1) - 1)/2) + 1', 12)).toBeUndefined();
    expect(answer('floor((28 + 2*u - 5)/2) + 1', 14)).toBe(2);
    expect(answer('floor((28 + 2*u - 5)/2) + 1', 4)).toBe('none');
    expect(answer('floor(20/u) + 1', 8)).toBeUndefined();
    expect(answer('floor(20/u) + 1', 11)).toBe(2);
  });
  it('ceil and max, where one number will do', () => {
    expect(answer('ceil(3*u/2)', 5)).toBe(3);
    expect(answer('ceil(u/2)', 5)).toBeUndefined();
    expect(answer('max(u, 4)', 7)).toBe(7);
    expect(answer('max(u, 4)', 4)).toBeUndefined();
    expect(answer('max(u, 4)', 3)).toBe('none');
    expect(answer('max(3*u, 5)', 5)).toBe(1);
  });
  it('what the divisor divides stands outside of a quotient, also with symbols', () => {
    expect(floorDivide(add(multiply(constant(4), symbol('B')), constant(7)), constant(2))).toEqual(
      add(multiply(constant(2), symbol('B')), constant(3)),
    );
    expect(
      solve(subtract(floorDivide(multiply(constant(2), unknown('u')), constant(2)), symbol('B')), 'u'),
    ).toEqual(symbol('B'));
  });

  const number = fc.integer({ min: -4, max: 9 });
  const expression = fc
    .tuple(
      fc.integer({ min: -3, max: 3 }),
      number,
      fc.integer({ min: 1, max: 5 }),
      number,
      fc.boolean(),
      fc.boolean(),
    )
    .map(([m, c, n, k, divide, compare]) => {
      const linear = add(multiply(constant(m), unknown('u')), constant(c));
      const quotient = divide ? floorDivide(linear, constant(n)) : linear;
      return compare ? maximum(quotient, constant(k)) : quotient;
    });
  it('says what trying every number says', () => {
    fc.assert(
      fc.property(expression, number, (left, right) => {
        const found = solve(subtract(left, constant(right)), 'u');
        const good = Array.from({ length: 200 }, (_, i) => i + 1).filter(
          (u) => evaluate(left, () => u) === right,
        );
        if (found === 'none') expect(good).toEqual([]);
        else if (found) expect(good).toEqual([asNumber(found)]);
        else if (left.terms.some((t) => t.atoms.length > 0)) expect(good.length).not.toBe(1);
      }),
      { numRuns: 2000 },
    );
  });
});
