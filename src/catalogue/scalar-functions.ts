/** Scalar functions that node types apply element by element: what they are, and how they are written in PyTorch. */
import { arg, binary, type Expr, e, number, select, unary } from '../ir/expr.ts';

interface ScalarFunction {
  /** As people write it. */
  readonly formula: string;
  /** Of the first argument. */
  readonly expr: Expr;
  /** In PyTorch; without, `torch.<name>(x)`. */
  readonly torch?: (x: string) => string;
}

const x = arg(0);
const [zero, one, half] = [number(0), number(1), number(0.5)];
const lessThan = (a: Expr, b: Expr) => binary('lt', a, b);
const times = (factor: number, a: Expr) => e.mul(number(factor), a);
const f = (name: string) => (x: string) => `F.${name}(${x})`;

/** x/2 · (1 + a): halved first, so that it does not overflow before x does. */
const halfTimes = (a: Expr) => e.mul(times(0.5, x), e.add(one, a));
const tanhOfHalf = unary('tanh', times(0.5, x));
/** By t = tanh(x/2) where eˣ is near 1, so that no digits are lost there. */
const nearOne = (near: Expr, far: Expr) => select(lessThan(unary('abs', x), one), near, far);
const expm1 = nearOne(e.div(times(2, tanhOfHalf), e.sub(one, tanhOfHalf)), e.sub(unary('exp', x), one));
const sinh = nearOne(
  e.div(times(2, tanhOfHalf), e.sub(one, e.mul(tanhOfHalf, tanhOfHalf))),
  times(0.5, e.sub(unary('exp', x), unary('exp', e.neg(x)))),
);
/** One side below 0, the other above, and a scale of both. */
const bent = (negative: Expr) => select(lessThan(zero, x), x, negative);
/** x between two numbers, which at both is flat as in PyTorch. */
const between = (low: number, high: number, inside: Expr = x, ends = [low, high]) =>
  select(
    e.mul(lessThan(number(low), x), lessThan(x, number(high))),
    inside,
    select(lessThan(x, number(high)), number(ends[0] as number), number(ends[1] as number)),
  );
const hardSigmoid = between(-3, 3, e.add(times(1 / 6, x), half), [0, 1]);
const upwards = unary('floor', e.add(x, half));
/** Of two that are as near, the even one: an odd one is taken back. */
const rounded = e.sub(
  upwards,
  select(
    binary('eq', e.sub(upwards, x), half),
    times(2, e.sub(times(0.5, upwards), unary('floor', times(0.5, upwards)))),
    zero,
  ),
);
const turn = times(Math.PI, x);
const turn2 = e.mul(turn, turn);
/** Σ (−z)ᵏ / (2k + 1)! with z = (πx)², to the last digit for |x| ≤ ¼. */
const nearSinc = Array.from({ length: 9 }, (_, k) => 2 * k + 1).reduceRight<Expr>(
  (rest, n) => e.sub(one, times(1 / ((n + 1) * (n + 2)), e.mul(turn2, rest))),
  one,
);
/** By its series near 0, where it has its derivatives and loses no digits. */
const sinc = select(lessThan(unary('abs', x), number(0.25)), nearSinc, e.div(unary('sin', turn), turn));
/** Towards 0. */
const truncated = select(lessThan(x, zero), e.neg(unary('floor', e.neg(x))), unary('floor', x));
/** Nothing is left near 0. */
const shrunk = (above: Expr, below: Expr) =>
  select(lessThan(half, x), above, select(lessThan(x, number(-0.5)), below, zero));
/** ln(x + √(x² + 1)), which for large x is ln x + ln(1 + √(1 + 1/x²)). */
const farAsinh = (size: Expr) => {
  const small = unary('recip', e.mul(size, size));
  return e.add(unary('log', size), unary('log1p', unary('sqrt', e.add(one, small))));
};
const nearAsinh = e.div(x, unary('sqrt', e.add(one, e.mul(x, x))));
const asinh = select(
  lessThan(unary('abs', x), one),
  times(0.5, e.sub(unary('log1p', nearAsinh), unary('log1p', e.neg(nearAsinh)))),
  select(lessThan(zero, x), farAsinh(x), e.neg(farAsinh(e.neg(x)))),
);
const beyondOne = e.sub(x, one);
/** ln(x + √(x² − 1)), which loses no digits near 1 and does not overflow. */
const acosh = unary(
  'log1p',
  e.add(beyondOne, e.mul(unary('sqrt', beyondOne), unary('sqrt', e.add(beyondOne, number(2))))),
);
// Klambauer et al., "Self-normalizing neural networks", arXiv 1706.02515.
const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

const functions = {
  relu: { formula: 'max(0, x)', expr: binary('max', zero, x), torch: f('relu') },
  tanh: { formula: 'tanh x', expr: unary('tanh', x) },
  sigmoid: { formula: '1 / (1 + e⁻ˣ)', expr: unary('sigmoid', x) },
  // Hendrycks and Gimpel, "Gaussian error linear units", arXiv 1606.08415, eq. 2; the exact form.
  gelu: {
    formula: 'x Φ(x)',
    expr: halfTimes(unary('erf', e.mul(x, number(Math.SQRT1_2)))),
    torch: f('gelu'),
  },
  // The same paper's approximation, with √(2/π).
  'gelu-tanh': {
    formula: 'x Φ(x), by tanh',
    expr: halfTimes(
      unary('tanh', times(Math.sqrt(2 / Math.PI), e.add(x, times(0.044715, e.mul(x, e.mul(x, x)))))),
    ),
    torch: (x) => `F.gelu(${x}, approximate="tanh")`,
  },
  silu: { formula: 'x σ(x)', expr: e.mul(x, unary('sigmoid', x)), torch: f('silu') },
  softplus: { formula: 'ln(1 + eˣ)', expr: unary('softplus', x), torch: f('softplus') },
  'leaky-relu': { formula: 'max(x, x/100)', expr: bent(times(0.01, x)), torch: f('leaky_relu') },
  elu: { formula: 'x > 0: x, else eˣ − 1', expr: bent(expm1), torch: f('elu') },
  selu: {
    formula: 'λ (x > 0: x, else α (eˣ − 1))',
    expr: times(selu.scale, bent(times(selu.alpha, expm1))),
    torch: f('selu'),
  },
  mish: {
    formula: 'x tanh ln(1 + eˣ)',
    expr: e.mul(x, unary('tanh', unary('softplus', x))),
    torch: f('mish'),
  },
  relu6: { formula: 'min(max(0, x), 6)', expr: between(0, 6), torch: f('relu6') },
  hardtanh: { formula: 'min(max(−1, x), 1)', expr: between(-1, 1), torch: f('hardtanh') },
  hardsigmoid: {
    formula: 'min(max(0, x/6 + ½), 1)',
    expr: hardSigmoid,
    torch: (x) => `(${x} / 6 + 0.5).clamp(0, 1)`,
  },
  hardswish: {
    formula: 'x · hardsigmoid x',
    expr: between(-3, 3, e.mul(x, e.add(times(1 / 6, x), half)), [0, 0]),
    torch: f('hardswish'),
  },
  softsign: { formula: 'x / (1 + |x|)', expr: e.div(x, e.add(one, unary('abs', x))), torch: f('softsign') },
  'log-sigmoid': { formula: 'ln σ(x)', expr: e.neg(unary('softplus', e.neg(x))), torch: f('logsigmoid') },
  tanhshrink: { formula: 'x − tanh x', expr: e.sub(x, unary('tanh', x)), torch: f('tanhshrink') },
  softshrink: {
    formula: '|x| > ½: x ∓ ½, else 0',
    expr: shrunk(e.sub(x, half), e.add(x, half)),
    torch: f('softshrink'),
  },
  hardshrink: { formula: '|x| > ½: x, else 0', expr: shrunk(x, x), torch: f('hardshrink') },
  logit: { formula: 'ln(x / (1 − x))', expr: e.sub(unary('log', x), unary('log1p', e.neg(x))) },
  exp: { formula: 'eˣ', expr: unary('exp', x) },
  exp2: { formula: '2ˣ', expr: unary('exp', times(Math.LN2, x)) },
  expm1: { formula: 'eˣ − 1', expr: expm1 },
  log: { formula: 'ln x', expr: unary('log', x) },
  log1p: { formula: 'ln(1 + x)', expr: unary('log1p', x) },
  log2: { formula: 'log₂ x', expr: times(Math.LOG2E, unary('log', x)) },
  log10: { formula: 'log₁₀ x', expr: times(Math.LOG10E, unary('log', x)) },
  sqrt: { formula: '√x', expr: unary('sqrt', x) },
  rsqrt: { formula: '1/√x', expr: unary('recip', unary('sqrt', x)) },
  reciprocal: { formula: '1/x', expr: unary('recip', x) },
  square: { formula: 'x²', expr: e.mul(x, x), torch: (x) => `${x}.square()` },
  sin: { formula: 'sin x', expr: unary('sin', x) },
  cos: { formula: 'cos x', expr: unary('cos', x) },
  sinc: { formula: 'sin πx / πx', expr: sinc },
  tan: { formula: 'tan x', expr: e.div(unary('sin', x), unary('cos', x)) },
  sinh: { formula: 'sinh x', expr: sinh },
  cosh: { formula: 'cosh x', expr: times(0.5, e.add(unary('exp', x), unary('exp', e.neg(x)))) },
  asin: {
    formula: 'arcsin x',
    expr: unary('atan', e.div(x, unary('sqrt', e.mul(e.sub(one, x), e.add(one, x))))),
  },
  acos: {
    formula: 'arccos x',
    expr: times(2, unary('atan', unary('sqrt', e.div(e.sub(one, x), e.add(one, x))))),
  },
  atan: { formula: 'arctan x', expr: unary('atan', x) },
  asinh: { formula: 'arsinh x', expr: asinh },
  acosh: { formula: 'arcosh x', expr: acosh },
  atanh: { formula: 'artanh x', expr: times(0.5, e.sub(unary('log1p', x), unary('log1p', e.neg(x)))) },
  abs: { formula: '|x|', expr: unary('abs', x) },
  sign: { formula: 'sgn x', expr: unary('sign', x) },
  floor: { formula: '⌊x⌋', expr: unary('floor', x) },
  ceil: { formula: '⌈x⌉', expr: e.neg(unary('floor', e.neg(x))) },
  trunc: { formula: 'trunc x', expr: truncated },
  frac: { formula: 'x − trunc x', expr: e.sub(x, truncated) },
  round: { formula: 'round x', expr: rounded },
  erf: { formula: 'erf x', expr: unary('erf', x) },
  erfc: { formula: '1 − erf x', expr: e.sub(one, unary('erf', x)) },
} as const satisfies Readonly<Record<string, ScalarFunction>>;

export type ScalarFunctionName = keyof typeof functions;

export const functionNames = Object.keys(functions) as [ScalarFunctionName, ...ScalarFunctionName[]];

export const scalarFunctions: Readonly<Record<ScalarFunctionName, ScalarFunction>> = functions;

export const torchFunction = (name: ScalarFunctionName, x: string): string =>
  scalarFunctions[name].torch?.(x) ?? `torch.${name}(${x})`;
