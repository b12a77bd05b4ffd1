import { expect, it } from 'vitest';
import { printContractionPath, readContractionPath } from './path-text.ts';

const names = ['a', 'b', 'c', 'd'];

it('reads what it prints', () => {
  const path = [
    [1, 2],
    [0, 3],
    [5, 4],
  ] as const;
  expect(printContractionPath(path, names)).toBe('((a, d), (b, c))');
  expect(printContractionPath(readContractionPath('((a, d), (b, c))', names) ?? [], names)).toBe(
    '((a, d), (b, c))',
  );
  expect(readContractionPath('(a b)', ['a', 'b'])).toEqual([[0, 1]]);
  expect(readContractionPath('a', ['a'])).toEqual([]);
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
  expect(readContractionPath(text, names)).toBeUndefined();
});
