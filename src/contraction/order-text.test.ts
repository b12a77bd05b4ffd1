import { expect, it } from 'vitest';
import { printOrder, readOrder } from './order-text.ts';

const names = ['a', 'b', 'c', 'd'];

it('reads what it prints', () => {
  const path = [
    [1, 2],
    [0, 3],
    [5, 4],
  ] as const;
  expect(printOrder(path, names)).toBe('((a, d), (b, c))');
  expect(printOrder(readOrder('((a, d), (b, c))', names) ?? [], names)).toBe('((a, d), (b, c))');
  expect(readOrder('(a b)', ['a', 'b'])).toEqual([[0, 1]]);
  expect(readOrder('a', ['a'])).toEqual([]);
});

it.each([
  '',
  '(a, b)',
  '((a, b), c, d)',
  '((a, b), (c, c))',
  '((a, b), (c, d)',
  '(a, b), (c, d)',
  '))((',
  '(((a, b), c), e)',
])('reads nothing out of %s', (text) => {
  expect(readOrder(text, names)).toBeUndefined();
});
