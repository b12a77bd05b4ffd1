import { expect, it } from 'vitest';
import { printContractionPath, readContractionPath } from './path-text.ts';
import { regraft } from './regraft.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const path = readContractionPath('(((a, b), c), (d, e))', names) ?? [];
const nodeOf = (text: string): number => {
  const parts = [...names];
  for (const [x, y] of path) parts.push(`(${parts[x]}, ${parts[y]})`);
  return parts.indexOf(text);
};
const moved = (moving: string, onto: string) => {
  const changed = regraft(5, path, nodeOf(moving), nodeOf(onto));
  return changed && printContractionPath(changed, names);
};

it.each([
  ['c', 'a', '(((a, c), b), (d, e))'],
  ['e', 'c', '(((a, b), (c, e)), d)'],
  ['(d, e)', 'b', '((a, (b, (d, e))), c)'],
  ['a', '(((a, b), c), (d, e))', '(((b, c), (d, e)), a)'],
  ['((a, b), c)', 'd', '((d, ((a, b), c)), e)'],
])('pairs %s with %s: %s', (moving, onto, result) => {
  expect(moved(moving, onto)).toBe(result);
});

it.each([
  ['a', 'b'],
  ['a', '(a, b)'],
  ['(a, b)', 'a'],
  ['a', 'a'],
  ['(((a, b), c), (d, e))', 'a'],
])('has nothing to do, or cannot, with %s and %s', (moving, onto) => {
  expect(moved(moving, onto)).toBeUndefined();
});
