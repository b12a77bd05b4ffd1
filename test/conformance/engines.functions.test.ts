/**
 * Every scalar operation on every engine, over the whole range of numbers and at its special values, in
 * units in the last place of the precision.
 */
import { describe, expect, it } from 'vitest';
import {
  arg,
  type BinaryOp,
  binary,
  binaryOps,
  type Expr,
  number,
  printExpr,
  select,
  type UnaryOp,
  unaryOps,
} from '../../src/ir/expr.ts';
import type { Dtype, NestStep } from '../../src/ir/plan.ts';
import { evaluate } from './engines.naive.ts';
import { operand, run, type Target, targets } from './engines.plans.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Smallest normal number, smallest of all and largest of a precision. */
const limits = {
  float32: { normal: 2 ** -126, tiny: 2 ** -149, largest: (2 - 2 ** -23) * 2 ** 127 },
  float64: { normal: 2 ** -1022, tiny: 2 ** -1074, largest: Number.MAX_VALUE },
} as const;

/** What a number becomes when it is stored. */
const stored = (x: number, dtype: Dtype) => (dtype === 'float32' ? Math.fround(x) : x);

function specials(dtype: Dtype): number[] {
  const { normal, tiny, largest } = limits[dtype];
  const positive = [
    0,
    tiny,
    normal / 4,
    normal,
    1e-20,
    0.5,
    1,
    1.5,
    2,
    3,
    10,
    88.5,
    89,
    104,
    709.5,
    710,
    1e4,
    largest,
    inf,
  ];
  return [...positive.flatMap((x) => [x, -x]), nan];
}

/** Both signs of numbers of every magnitude, and an even grid where functions bend. */
function spread(dtype: Dtype): number[] {
  const [low, high] = dtype === 'float32' ? [-140, 127] : [-1060, 1023];
  const magnitudes = Array.from(
    { length: 6000 },
    (_, i) => 2 ** (low + ((high - low) * i) / 6000) * (1 + ((i * 7919) % 1000) / 1000),
  );
  const grid = Array.from({ length: 20_000 }, (_, i) => ((i * 2.0000001) / 20_000) * 12);
  return [...magnitudes, ...grid].flatMap((x) => [x, -x]).map((x) => stored(x, dtype));
}

/** The units in the last place between the two numbers; 0 for two NaN or equal infinities. */
function ulps(actual: number, expected: number, { dtype, epsilon }: Target): number {
  if (Object.is(actual, expected) || actual === expected) return 0;
  const rounded = stored(expected, dtype);
  if (Number.isNaN(actual) || Number.isNaN(rounded)) return inf;
  const { normal, largest } = limits[dtype];
  // At the edge of the range, Infinity stands one unit above the largest number.
  const finite = (x: number) => (Math.abs(x) > largest ? Math.sign(x) * largest * (1 + epsilon / 2) : x);
  const exponent = Math.floor(Math.log2(Math.max(Math.min(Math.abs(expected), largest), normal)));
  const unit = 2 ** exponent * epsilon;
  return Math.abs(finite(actual) / unit - finite(expected) / unit);
}

async function compute(
  expr: Expr,
  args: readonly number[][],
  target: Pick<Target, 'engine' | 'dtype'>,
): Promise<ArrayLike<number>> {
  const n = (args[0] as number[]).length;
  const operands = args.map((_, i) => operand(i, [1]));
  const out = operand(args.length, [1]);
  const step: NestStep = {
    kind: 'nest',
    dims: [n],
    reduced: 0,
    operands,
    results: [{ out, expr, reduce: 'none', scale: 1 }],
    flops: 0,
  };
  const shapes = [...args, args[0]].map(() => [n]);
  const after = await run({ shapes, steps: [step] }, [...args, new Float64Array(n)], target);
  return after.at(-1) as ArrayLike<number>;
}

async function expectClose(
  expr: Expr,
  args: readonly number[][],
  target: Target,
  allowed: number,
  keep: (...args: number[]) => boolean,
) {
  const actual = await compute(expr, args, target);
  const points = (args[0] as number[]).map((_, i) => args.map((a) => a[i] as number));
  let worst = { error: -1, at: [] as number[], got: 0, expected: 0 };
  for (const [i, at] of points.entries()) {
    if (!keep(...at)) continue;
    const [got, expected] = [actual[i] as number, evaluate(expr, at)];
    const error = ulps(got, expected, target);
    if (error > worst.error) worst = { error, at, got, expected };
  }
  expect(
    worst.error,
    `${worst.got} instead of ${worst.expected} at ${worst.at.join(', ')}`,
  ).toBeGreaterThanOrEqual(0);
  expect(
    worst.error,
    `${worst.got} instead of ${worst.expected} at ${worst.at.join(', ')}`,
  ).toBeLessThanOrEqual(allowed);
}

/** Units in the last place: operations that IEEE 754 rounds correctly, and the rest. */
const exactly: ReadonlySet<string> = new Set([
  'neg',
  'abs',
  'sign',
  'floor',
  'sqrt',
  'recip',
  'add',
  'sub',
  'mul',
  'div',
  'max',
  'min',
  'lt',
  'le',
  'eq',
]);
const allowance = (op: UnaryOp | BinaryOp) => (exactly.has(op) ? 0.5 : 4);

describe.each(targets)('$engine in $dtype', (target) => {
  it.each(unaryOps)('%s is accurate everywhere', async (op) => {
    const expr: Expr = { op, a: arg(0) };
    const points = [...specials(target.dtype), ...spread(target.dtype)].map((x) => stored(x, target.dtype));
    await expectClose(expr, [points], target, allowance(op), () => true);
  });

  it.each(['sin', 'cos'] as const)('%s keeps all digits near its zeros', async (op) => {
    // Multiples of π/2 up to 4,700, around 2²⁰, where the reduction changes, and far beyond.
    const multiples = [0, 667_544, 2 ** 40, 2 ** 75].flatMap((first) =>
      Array.from({ length: 6000 }, (_, i) => (first + i - 3000) * (Math.PI / 2)),
    );
    const near = multiples.flatMap((x) =>
      [x, x * (1 + target.epsilon), x + 1e-3].map((y) => stored(y, target.dtype)),
    );
    await expectClose({ op, a: arg(0) }, [near], target, 4, () => true);
  });

  it.each(binaryOps)('%s is accurate everywhere', async (op) => {
    const { dtype } = target;
    const some = specials(dtype).map((x) => stored(x, dtype));
    const pairs = some.flatMap((a) => some.map((b) => [a, b] as const));
    const wide = spread(dtype);
    const rest = wide.map((a, i) => [a, wide[(i * 7919 + 13) % wide.length] as number] as const);
    const moderate = wide.map((a, i) => [Math.abs(a), stored(((i % 400) - 200) / 17, dtype)] as const);
    const all = [...pairs, ...rest, ...(op === 'pow' ? moderate : [])];
    await expectClose(
      { op, a: arg(0), b: arg(1) },
      [all.map(([a]) => a), all.map(([, b]) => b)],
      target,
      allowance(op),
      () => true,
    );
  });

  it.each([2, 3, -1, 0.5, 1.7])('pow with the constant %f', async (value) => {
    const expr: Expr = { op: 'pow', a: arg(0), b: { op: 'const', value: stored(value, target.dtype) } };
    const points = spread(target.dtype);
    const { normal, largest } = limits[target.dtype];
    // Products in between leave the range sooner than the power does.
    await expectClose(expr, [points], target, 4, (x) => value !== 3 || (x * x < largest && x * x > normal));
  });

  it.each(['max', 'min'] as const)('%s with a constant on either side', async (op) => {
    const points = specials(target.dtype).map((x) => stored(x, target.dtype));
    for (const value of [0, -1.5, inf]) {
      await expectClose({ op, a: arg(0), b: { op: 'const', value } }, [points], target, 0, () => true);
      await expectClose({ op, a: { op: 'const', value }, b: arg(0) }, [points], target, 0, () => true);
    }
  });

  it('selects by anything that is not 0', async () => {
    const points = specials(target.dtype).map((x) => stored(x, target.dtype));
    const expr: Expr = { op: 'select', c: arg(0), a: arg(1), b: { op: 'neg', a: arg(1) } };
    await expectClose(expr, [points, points.map((_, i) => i + 1)], target, 0, () => true);
    const compared: Expr = { op: 'select', c: { op: 'le', a: arg(0), b: arg(1) }, a: arg(0), b: arg(1) };
    await expectClose(compared, [points, points.toReversed()], target, 0, () => true);
  });

  it('selects the larger, the smaller, something or nothing, to the bit', async () => {
    const some = specials(target.dtype).map((x) => stored(x, target.dtype));
    const pairs = some.flatMap((a) => some.map((b) => [a, b] as const));
    const args = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
    const [x, y, zero, one] = [arg(0), arg(1), number(0), number(1)];
    const less = binary('lt', x, y);
    const choices = [
      select(less, y, x),
      select(less, x, y),
      select(binary('lt', zero, x), x, zero),
      select(binary('lt', x, zero), x, zero),
      select(binary('lt', zero, x), one, zero),
      select(less, x, zero),
      select(less, x, number(-0)),
      select(less, zero, y),
    ];
    for (const expr of choices) {
      const actual = await compute(expr, args, target);
      const wrong = pairs.find((at, i) => !Object.is(actual[i], evaluate(expr, at)));
      expect(wrong, printExpr(expr)).toBeUndefined();
    }
  });

  it('gives the same bits wherever an element stands and however long the loop is', async () => {
    const all = unaryOps.map((op): Expr => ({ op, a: arg(0) }));
    const sum = all.reduce((a, b): Expr => ({ op: 'add', a, b }));
    const points = Array.from({ length: 23 }, (_, i) => stored(0.1 + i * 0.37, target.dtype));
    const whole = Array.from(await compute(sum, [points], target));
    for (let n = 1; n < points.length; n++) {
      const part = Array.from(await compute(sum, [points.slice(points.length - n)], target));
      expect(part).toEqual(whole.slice(whole.length - n));
    }
    const long = Array.from({ length: 5003 }, (_, i) => points[i % points.length] as number);
    const repeated = Array.from(await compute(sum, [long], target));
    expect(repeated).toEqual(long.map((_, i) => whole[i % whole.length]));
  });
});
