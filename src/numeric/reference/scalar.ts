/** Scalar expressions as functions of numbers, in float64, by the book. */
import type { BinaryOp, Expr, UnaryOp } from '../../ir/expr.ts';
import { erf } from './erf.ts';

const unary: Readonly<Record<UnaryOp, (x: number) => number>> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  sqrt: Math.sqrt,
  recip: (x) => 1 / x,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  // ln(1 + eˣ) without overflow.
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  erf,
};

const binary: Readonly<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  eq: (a, b) => Number(a === b),
};

export type Scalar = (args: Float64Array) => number;

export function scalarOf(expr: Expr): Scalar {
  switch (expr.op) {
    case 'arg': {
      const { index } = expr;
      return (args) => args[index] as number;
    }
    case 'const': {
      const { value } = expr;
      return () => value;
    }
    case 'select': {
      const [c, a, b] = [scalarOf(expr.c), scalarOf(expr.a), scalarOf(expr.b)];
      return (args) => (c(args) !== 0 ? a(args) : b(args));
    }
    default: {
      const a = scalarOf(expr.a);
      if (!('b' in expr)) {
        const f = unary[expr.op];
        return (args) => f(a(args));
      }
      const [b, f] = [scalarOf(expr.b), binary[expr.op]];
      return (args) => f(a(args), b(args));
    }
  }
}
