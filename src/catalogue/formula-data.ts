/** A data set from a formula that somebody types: inputs evenly spread over a box, and what the formula makes of them. */
import { z } from 'zod';
import { keyFrom, normal, uniform } from '../base/random.ts';
import { seed } from '../base/seed.ts';
import { text } from '../base/text.ts';
import { type DataSet, defineDataSet } from '../datasets/index.ts';
import { type Formula, namesOf, parseFormula } from './formula.ts';
import type { ScalarFunctionName } from './scalar-functions.ts';

const functions: Partial<Readonly<Record<ScalarFunctionName, (x: number) => number>>> = {
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  square: (x) => x * x,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  trunc: Math.trunc,
  frac: (x) => x - Math.trunc(x),
  sinc: (x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)),
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
};

type Values = Readonly<Record<string, number>>;

/** In double precision, as JavaScript computes it: the same in every browser of one engine and in Node. */
function evaluated(formula: Formula, of: Values): number {
  const go = (part: Formula): number => evaluated(part, of);
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return of[formula.name] ?? Number.NaN;
    case 'negative':
      return -go(formula.of);
    case 'apply':
      return functions[formula.function]?.(go(formula.of)) ?? Number.NaN;
    case 'extreme':
      return Math[formula.function](...formula.of.map(go));
    case 'where':
      return go(formula.if) ? go(formula.a) : go(formula.b);
    case 'operation':
      return operate(formula.operator, go(formula.a), go(formula.b));
  }
}

function operate(
  operator: Extract<Formula, { kind: 'operation' }>['operator'],
  a: number,
  b: number,
): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '^':
      return a ** b;
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    case '==':
      return Number(a === b);
  }
}

/** The formula and its names, in the order of the alphabet: `x` where it has none. Undefined where it cannot be read. */
function read(
  expression: string,
): { readonly formula: Formula; readonly names: readonly string[] } | undefined {
  const reading = parseFormula(expression);
  if ('error' in reading) return undefined;
  const names = [...namesOf(reading.formula)].sort();
  return { formula: reading.formula, names: names.length > 0 ? names : ['x'] };
}

const bound = (value: number, en: string, zh: string) =>
  z
    .number()
    .default(value)
    .meta({ label: text(en, zh) });

export const formulaData: DataSet = defineDataSet({
  name: 'formula',
  title: text('From a formula', '由公式生成'),
  doc: text(
    'x evenly spread over a box, one number for each name in the formula in the order of the alphabet, and y, what the formula makes of them, with normal noise; generated from the seed.',
    'x 均匀分布于一个区间盒内，公式中每个名称一个数，按字母顺序；y 是公式的结果，带正态噪声；由种子生成。',
  ),
  options: z.object({
    expression: z
      .string()
      .max(1000)
      .default('sin(3 x)')
      .refine((expression) => read(expression) !== undefined, 'not a formula')
      .meta({ label: text('Formula', '公式') }),
    samples: z
      .int()
      .min(2)
      .max(100_000)
      .default(200)
      .meta({ label: text('Rows', '行数') }),
    from: bound(-1, 'From', '自'),
    to: bound(1, 'To', '至'),
    noise: z
      .number()
      .min(0)
      .default(0.05)
      .meta({ label: text('Noise', '噪声') }),
    seed: seed.default(1),
  }),
  columns: ({ expression }) => [
    { name: 'x', axes: [{ name: 'f', size: read(expression as string)?.names.length ?? 1 }] },
    { name: 'y', axes: [{ name: 'o', size: 1 }] },
  ],
  rows: ({ samples }) => samples,
  async load({ expression, samples, from, to, noise, seed }) {
    const found = read(expression);
    if (!found) throw new Error('internal: a formula is loaded that does not check');
    const { formula, names } = found;
    const places = uniform(keyFrom(seed, 'formula', 'x'), samples * names.length);
    const offsets = normal(keyFrom(seed, 'formula', 'noise'), samples);
    const x = Float32Array.from(places, (u) => from + (to - from) * u);
    const y = new Float32Array(samples);
    for (let r = 0; r < samples; r++) {
      const values = Object.fromEntries(names.map((name, i) => [name, x[r * names.length + i] as number]));
      y[r] = evaluated(formula, values) + noise * (offsets[r] as number);
    }
    return { x, y };
  },
}) as DataSet;
