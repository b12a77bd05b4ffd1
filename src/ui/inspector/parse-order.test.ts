import { describe, expect, it } from 'vitest';
import { parseOrder } from './parse-order.ts';

const told = (text: string, operands = ['a', 'b', 'c']) => {
  const read = parseOrder(text, operands);
  return 'problem' in read ? read.problem.en : read.value;
};

describe('an order of contraction as it is typed', () => {
  it.each(['', '((a, b), c)', '(a, (b, c))', '(a (c b))'])('takes %j', (text) => {
    expect(told(text)).toBe(text);
  });

  it.each([
    ['nonsense', '“nonsense” is no operand: they are a, b, c, as in ((a, b), c)'],
    ['((a, b), d)', '“d” is no operand: they are a, b, c, as in ((a, b), c)'],
    ['((a, b), a)', '“a” stands twice'],
    ['(a, b)', 'c left out: write for instance ((a, b), c)'],
    ['((a, b), c', 'A bracket is not closed'],
    ['(a, b, c)', 'Each bracket holds a pair, as in ((a, b), c)'],
    ['a, b, c', 'Each bracket holds a pair, as in ((a, b), c)'],
  ])('says why %j is none', (text, reason) => {
    expect(told(text)).toBe(reason);
  });

  it('has an example before anything is wired', () => {
    expect(told('(x, y)', [])).toContain('(a, b)');
  });
});
