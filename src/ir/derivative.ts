/**
 * Derivatives of scalar expressions: again scalar expressions, so that they can be derived again. A derivative
 * that is 0 everywhere is `undefined`, not the number 0: no term comes of it, while a number 0 that stands in a
 * graph is a factor like others (0 · NaN is NaN).
 */
import { binary, type Expr, e, number, select, unary } from './expr.ts';

type Derivative = Expr | undefined;

const square = (x: Expr) => e.mul(x, x);
const zero = number(0);

/** The chain rule: an inner derivative times the outer one. */
const times = (inner: Derivative, outer: () => Expr): Derivative => inner && product(inner, outer());

const negative = (a: Derivative): Derivative => (a === undefined ? undefined : e.neg(a));

function sum(a: Derivative, b: Derivative): Derivative {
  if (a === undefined || b === undefined) return a ?? b;
  return e.add(a, b);
}

function difference(a: Derivative, b: Derivative): Derivative {
  if (a === undefined || b === undefined) return a ?? negative(b);
  return e.sub(a, b);
}

/**
 * A derivative, cotangent or tangent times another. Where one is a choice, so is the product: what would come to a
 * side that was not taken is left out, whatever it is, as in PyTorch, and not multiplied by 0.
 */
export function product(a: Expr, b: Expr): Expr {
  if (b.op === 'select') return select(b.c, side(a, b.a), side(a, b.b));
  if (a.op === 'select') return select(a.c, side(b, a.a), side(b, a.b));
  return e.mul(a, b);
}

const side = (factor: Expr, x: Expr): Expr => (x.op === 'const' && x.value === 0 ? zero : product(factor, x));

/** One where c, else the other; where they are the same, there is no choice. */
function choice(c: Expr, a: Derivative, b: Derivative): Derivative {
  if (a === undefined && b === undefined) return undefined;
  const [x, y] = [a ?? zero, b ?? zero];
  return x.op === 'const' && y.op === 'const' && Object.is(x.value, y.value) ? x : select(c, x, y);
}

/**
 * ∂expr / ∂argument; undefined where it is 0 everywhere. Steps (sign, floor, comparisons) have none; at a kink the
 * side of larger `a` counts.
 */
export function derivative(expr: Expr, index: number): Derivative {
  const d = (x: Expr): Derivative => {
    switch (x.op) {
      case 'arg':
        return x.index === index ? number(1) : undefined;
      case 'const':
      case 'sign':
      case 'floor':
      case 'lt':
      case 'le':
      case 'eq':
        return undefined;
      case 'neg':
        return negative(d(x.a));
      case 'abs':
        return times(d(x.a), () => unary('sign', x.a));
      case 'sqrt':
        return times(d(x.a), () => e.div(number(0.5), x));
      case 'recip':
        return negative(times(d(x.a), () => square(x)));
      case 'exp':
        return times(d(x.a), () => x);
      case 'log': {
        const da = d(x.a);
        return da && e.div(da, x.a);
      }
      case 'log1p':
        return times(d(x.a), () => unary('recip', e.add(number(1), x.a)));
      case 'sin':
        return times(d(x.a), () => unary('cos', x.a));
      case 'cos':
        return negative(times(d(x.a), () => unary('sin', x.a)));
      case 'tanh':
        return times(d(x.a), () => e.sub(number(1), square(x)));
      case 'sigmoid':
        return times(d(x.a), () => e.mul(x, e.sub(number(1), x)));
      case 'softplus':
        return times(d(x.a), () => unary('sigmoid', x.a));
      case 'erf':
        // d/dx erf x = 2/√π · e^(−x²)
        return times(d(x.a), () => e.mul(number(2 / Math.sqrt(Math.PI)), unary('exp', e.neg(square(x.a)))));
      case 'atan':
        return times(d(x.a), () => unary('recip', e.add(number(1), square(x.a))));
      case 'add':
        return sum(d(x.a), d(x.b));
      case 'sub':
        return difference(d(x.a), d(x.b));
      case 'mul': {
        const [da, db] = [d(x.a), d(x.b)];
        return sum(da && product(da, x.b), db && product(x.a, db));
      }
      case 'div': {
        const [da, db] = [d(x.a), d(x.b)];
        return difference(da && e.div(da, x.b), db && e.div(e.mul(x, db), x.b));
      }
      case 'max':
        return choice(binary('le', x.b, x.a), d(x.a), d(x.b));
      case 'min':
        return choice(binary('le', x.a, x.b), d(x.a), d(x.b));
      case 'pow': {
        // d(a^b) = b·a^(b−1)·da + a^b·ln a·db; a⁰ is 1 everywhere, 0⁰ included.
        const constant = x.b.op === 'const' && x.b.value === 0;
        const byBase = constant
          ? undefined
          : times(d(x.a), () => e.mul(x.b, binary('pow', x.a, e.sub(x.b, number(1)))));
        return sum(
          byBase,
          times(d(x.b), () => e.mul(x, unary('log', x.a))),
        );
      }
      case 'select':
        return choice(x.c, d(x.a), d(x.b));
    }
  };
  return d(expr);
}
