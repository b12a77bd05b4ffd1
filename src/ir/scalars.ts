/** Scalar expressions as JavaScript closures; what each operation means, once, in float64. */

import { erf } from './erf.ts';
import type { BinaryOp, Expr, UnaryOp } from './expr.ts';

/** 1 / (1 + e⁻ˣ), without overflow and without loss far to the left. */
function sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

/** log(1 + eˣ), without overflow and without loss far to the left. */
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const unaryFunctions: Readonly<Record<UnaryOp, (a: number) => number>> = {
  neg: (a) => -a,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  sqrt: Math.sqrt,
  recip: (a) => 1 / a,
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid,
  softplus,
  erf,
  atan: Math.atan,
};

export const binaryFunctions: Readonly<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
  lt: (a, b) => (a < b ? 1 : 0),
  le: (a, b) => (a <= b ? 1 : 0),
  eq: (a, b) => (a === b ? 1 : 0),
};

/** A function of the operands' values at one point. */
export function compileExpr(expr: Expr): (args: ArrayLike<number>) => number {
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
      const [c, a, b] = [compileExpr(expr.c), compileExpr(expr.a), compileExpr(expr.b)];
      return (args) => (c(args) !== 0 ? a(args) : b(args));
    }
    default: {
      const a = compileExpr(expr.a);
      if (!('b' in expr)) {
        const f = unaryFunctions[expr.op];
        return (args) => f(a(args));
      }
      const [f, b] = [binaryFunctions[expr.op], compileExpr(expr.b)];
      return (args) => f(a(args), b(args));
    }
  }
}
