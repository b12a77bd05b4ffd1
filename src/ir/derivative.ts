/** Derivatives of scalar expressions: again scalar expressions, so that they can be derived again. */
import { binary, type Expr, e, number, select, unary } from './expr.ts';

const square = (x: Expr) => e.mul(x, x);

/** ∂expr / ∂argument. Steps (sign, floor, comparisons) have derivative 0; at a kink the side of larger `a` counts. */
export function derivative(expr: Expr, index: number): Expr {
  const d = (x: Expr): Expr => {
    switch (x.op) {
      case 'arg':
        return number(x.index === index ? 1 : 0);
      case 'const':
      case 'sign':
      case 'floor':
      case 'lt':
      case 'le':
      case 'eq':
        return number(0);
      case 'neg':
        return e.neg(d(x.a));
      case 'abs':
        return e.mul(d(x.a), unary('sign', x.a));
      case 'sqrt':
        return e.mul(d(x.a), e.div(number(0.5), x));
      case 'recip':
        return e.neg(e.mul(d(x.a), square(x)));
      case 'exp':
        return e.mul(d(x.a), x);
      case 'log':
        return e.div(d(x.a), x.a);
      case 'sin':
        return e.mul(d(x.a), unary('cos', x.a));
      case 'cos':
        return e.neg(e.mul(d(x.a), unary('sin', x.a)));
      case 'tanh':
        return e.mul(d(x.a), e.sub(number(1), square(x)));
      case 'sigmoid':
        return e.mul(d(x.a), e.mul(x, e.sub(number(1), x)));
      case 'softplus':
        return e.mul(d(x.a), unary('sigmoid', x.a));
      case 'erf':
        // d/dx erf x = 2/√π · e^(−x²)
        return e.mul(d(x.a), e.mul(number(2 / Math.sqrt(Math.PI)), unary('exp', e.neg(square(x.a)))));
      case 'add':
        return e.add(d(x.a), d(x.b));
      case 'sub':
        return e.sub(d(x.a), d(x.b));
      case 'mul':
        return e.add(e.mul(d(x.a), x.b), e.mul(x.a, d(x.b)));
      case 'div':
        return e.sub(e.div(d(x.a), x.b), e.div(e.mul(x, d(x.b)), x.b));
      case 'max':
        return choose(binary('le', x.b, x.a), d(x.a), d(x.b));
      case 'min':
        return choose(binary('le', x.a, x.b), d(x.a), d(x.b));
      case 'pow': {
        // d(a^b) = b·a^(b−1)·da + a^b·ln a·db
        const byBase = e.mul(d(x.a), e.mul(x.b, binary('pow', x.a, e.sub(x.b, number(1)))));
        const db = d(x.b);
        const byExponent =
          db.op === 'const' && db.value === 0 ? number(0) : e.mul(db, e.mul(x, unary('log', x.a)));
        return e.add(byBase, byExponent);
      }
      case 'select':
        return choose(x.c, d(x.a), d(x.b));
    }
  };
  return d(expr);
}

/** select, except that two equal constants need no choice. */
function choose(c: Expr, a: Expr, b: Expr): Expr {
  return a.op === 'const' && b.op === 'const' && a.value === b.value ? a : select(c, a, b);
}

/** Whether an expression's derivative by an argument is 0 everywhere. */
export const isFlat = (expr: Expr, index: number): boolean => {
  const partial = derivative(expr, index);
  return partial.op === 'const' && partial.value === 0;
};
