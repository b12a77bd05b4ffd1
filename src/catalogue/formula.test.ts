import { expect, test } from 'vitest';
import { namesOf, parseFormula } from './formula.ts';
import { mathematical, torchFormula } from './formula-print.ts';

const read = (source: string) => {
  const reading = parseFormula(source);
  if ('error' in reading) throw new Error(reading.error.en);
  return reading.formula;
};
const python = (source: string) =>
  torchFormula(
    read(source),
    (name) => name,
    (helper) => /def (\w+)/.exec(helper)?.[1] ?? '',
  );
const mistake = (source: string) => {
  const reading = parseFormula(source);
  return 'error' in reading ? [reading.error.en, reading.at, reading.meant] : undefined;
};

test.each([
  ['x * sigmoid(1.702 x)', 'x σ(1.702 x)', 'x * torch.sigmoid(1.702 * x)'],
  ['-x^2', '−x²', '-x ** 2'],
  ['(-x)^2', '(−x)²', '(-x) ** 2'],
  ['a/b c', 'a / b c', 'a / b * c'],
  ['a/(b c)', 'a / (b c)', 'a / (b * c)'],
  ['a - (b - c)', 'a − (b − c)', 'a - (b - c)'],
  ['a - b - c', 'a − b − c', 'a - b - c'],
  ['2^x^2', '2^x²', '2 ** x ** 2'],
  ['x (1 - x)', 'x (1 − x)', 'x * (1 - x)'],
  ['r x(1 − x)', 'r x (1 − x)', 'r * x * (1 - x)'],
  ['2·3 x', '2 · 3 x', '2 * 3 * x'],
  ['where(x >= 0, x, a x)', 'where(0 ≤ x, x, a x)', 'torch.where(0 <= x, x, a * x)'],
  ['max(x, y, 0)', 'max(x, y, 0)', 'larger(larger(x, y), torch.tensor(0, dtype=torch.float64))'],
  ['(x > 1) y', '(1 < x) y', '(1.0 * (1 < x)) * y'],
  ['gelu_tanh(x)', 'gelu_tanh(x)', 'F.gelu(x, approximate="tanh")'],
])('%s', (source, shown, code) => {
  expect(mathematical(read(source))).toBe(shown);
  expect(python(source)).toBe(code);
});

test('what is shown reads as what was typed', () => {
  for (const source of [
    '-x^2 / (a b)',
    '1 - (2 - x) - y',
    'x / (y / z)',
    '(x^2)^3',
    '2^-x',
    'a (-b)',
    '-(a + b)',
  ])
    expect(python(mathematical(read(source)))).toBe(python(source));
});

test('names are told in their order; pi and e are numbers', () => {
  expect(namesOf(read('b sin(pi a) + e^b'))).toEqual(['b', 'a']);
});

test.each([
  ['', 'it is empty', 0, undefined],
  ['x +', 'it ends too soon', 3, undefined],
  ['x + )', '“)” cannot stand here', 4, undefined],
  ['(x', 'a “(” is not closed', 2, undefined],
  ['2 $ x', '“$” means nothing here', 2, undefined],
  ['x * sigmid(x)', 'there is no function “sigmid”; did you mean sigmoid?', 4, 'x * sigmoid(x)'],
  ['blur(x)', 'there is no function “blur”', 0, undefined],
  ['1 + exp x', 'exp is a function: write exp(…)', 4, undefined],
  ['where(x, 1)', 'where takes 3, not 2', 0, undefined],
  ['constructor + 1', '“constructor” cannot be a name', 0, undefined],
  [`${'('.repeat(200)}x`, 'it is nested too deeply', 100, undefined],
])('%s is refused at its place', (source, error, at, meant) => {
  expect(mistake(source)).toEqual([error, at, meant]);
});
