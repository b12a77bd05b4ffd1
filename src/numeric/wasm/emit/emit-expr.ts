/** A scalar expression as vector values. */
import { type Expr, transcendental } from '../../../ir/expr.ts';
import type { Node } from './dag.ts';
import type { FunctionName } from './functions.ts';
import type { Lanes } from './lanes.ts';

/** How a function's value is made: by a call, or by its operations on the spot. */
export type Apply = (name: FunctionName, lanes: Lanes, x: Node, y: Node) => Node;

/** The expression's value; `args` are the operands' values. */
export function lowerExpr(expr: Expr, v: Lanes, args: readonly Node[], apply: Apply): Node {
  const memo = new Map<Expr, Node>();

  /** All bits set where the expression is not 0. */
  const condition = (x: Expr): Node => {
    switch (x.op) {
      case 'lt':
        return v.lt(lower(x.a), lower(x.b));
      case 'le':
        return v.le(lower(x.a), lower(x.b));
      case 'eq':
        return v.eq(lower(x.a), lower(x.b));
      default:
        return v.ne(lower(x), v.number(0));
    }
  };

  /** NaN comes through from either side; with a constant on one side, a single instruction does it. */
  const extreme = (op: 'max' | 'min', a: Expr, b: Expr): Node => {
    const [x, y] = a.op === 'const' ? [b, a] : [a, b];
    if (y.op !== 'const' || Number.isNaN(y.value)) return v[op](lower(a), lower(b));
    // Where −0 meets the constant 0 it stays, as in PyTorch's relu.
    return op === 'max' ? v.maxKeeping(lower(x), lower(y)) : v.minKeeping(lower(x), lower(y));
  };

  /** The larger or smaller of two, or something or nothing, is one instruction. */
  const choice = (c: Expr, a: Expr, b: Expr): Node => {
    const [x, y] = [lower(a), lower(b)];
    if (c.op === 'lt') {
      const [less, more] = [lower(c.a), lower(c.b)];
      if (x === more && y === less) return v.maxKeeping(y, x);
      if (x === less && y === more) return v.minKeeping(y, x);
    }
    const isNothing = (side: Expr) => side.op === 'const' && Object.is(side.value, 0);
    if (isNothing(b)) return v.and(condition(c), x);
    return isNothing(a) ? v.andNot(y, condition(c)) : v.select(condition(c), x, y);
  };

  /** Small whole powers are products. */
  const power = (base: Node, exponent: Expr): Node => {
    if (exponent.op === 'const' && exponent.value === 2) return v.mul(base, base);
    if (exponent.op === 'const' && exponent.value === 3) return v.mul(v.mul(base, base), base);
    return apply('pow', v, base, lower(exponent));
  };

  const make = (x: Expr): Node => {
    switch (x.op) {
      case 'arg':
        return args[x.index] as Node;
      case 'const':
        return v.number(x.value);
      case 'select':
        return choice(x.c, x.a, x.b);
      case 'lt':
      case 'le':
      case 'eq':
        return v.and(condition(x), v.number(1));
      case 'max':
      case 'min':
        return extreme(x.op, x.a, x.b);
      case 'pow':
        return power(lower(x.a), x.b);
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
        return v[x.op](lower(x.a), lower(x.b));
      case 'neg':
      case 'abs':
      case 'floor':
      case 'sqrt':
        return v[x.op](lower(x.a));
      case 'recip':
        return v.div(v.number(1), lower(x.a));
      case 'sign': {
        // 0, −0 and NaN are their own signs.
        const a = lower(x.a);
        return v.select(v.lt(v.number(0), v.abs(a)), v.withSign(v.number(1), a), a);
      }
      default: {
        const a = lower(x.a);
        return apply(x.op, v, a, a);
      }
    }
  };

  const lower = (x: Expr): Node => {
    const known = memo.get(x);
    if (known) return known;
    const node = make(x);
    memo.set(x, node);
    return node;
  };
  return lower(expr);
}

/** About how many instructions an expression takes for each vector. */
export function weight(expr: Expr): number {
  switch (expr.op) {
    case 'arg':
    case 'const':
      return 0;
    case 'select':
      return 2 + weight(expr.c) + weight(expr.a) + weight(expr.b);
    default:
      return (transcendental.has(expr.op) ? 30 : 1) + weight(expr.a) + ('b' in expr ? weight(expr.b) : 0);
  }
}
