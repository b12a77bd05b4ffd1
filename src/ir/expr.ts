/**
 * Scalar expressions: what a `map` computes for each element. Plain data, so that a plan can be
 * printed, sent to a worker and turned into machine code. Every operation has a derivative made of
 * the same operations (see derivative.ts), so gradients nest to any depth.
 *
 * Comparisons give 1 or 0. `select(c, a, b)` is a where c ≠ 0, else b. `mod` is not offered.
 */
export const unaryOps = [
  'neg',
  'abs',
  'sign',
  'floor',
  'sqrt',
  'recip',
  'exp',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'softplus',
  'erf',
  'atan',
] as const;
export const binaryOps = ['add', 'sub', 'mul', 'div', 'max', 'min', 'pow', 'lt', 'le', 'eq'] as const;

/** What no processor computes at once: each takes many instructions. */
export const transcendental: ReadonlySet<string> = new Set<(typeof unaryOps | typeof binaryOps)[number]>([
  'exp',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'softplus',
  'erf',
  'atan',
  'pow',
]);

export type UnaryOp = (typeof unaryOps)[number];
export type BinaryOp = (typeof binaryOps)[number];

export type Expr =
  | { readonly op: 'arg'; readonly index: number }
  | { readonly op: 'const'; readonly value: number }
  | { readonly op: UnaryOp; readonly a: Expr }
  | { readonly op: BinaryOp; readonly a: Expr; readonly b: Expr }
  | { readonly op: 'select'; readonly c: Expr; readonly a: Expr; readonly b: Expr };

export const arg = (index: number): Expr => ({ op: 'arg', index });
export const number = (value: number): Expr => ({ op: 'const', value });

const isConst = (e: Expr, value: number): boolean => e.op === 'const' && Object.is(e.value, value);

/**
 * An operation applied to expressions, with what can be known at once worked out: constants fold, and
 * x+(−0), x−0, x·1, x/1, −(−x) are x. Nothing else: each of these holds for NaN, infinities and −0 as well, so
 * that a value does not depend on how a graph is written. x·0 stays a product, for it is NaN where x is not finite.
 */
export function unary(op: UnaryOp, a: Expr): Expr {
  if (op === 'neg') {
    if (a.op === 'const') return number(-a.value);
    if (a.op === 'neg') return a.a;
  }
  return { op, a };
}

export function binary(op: BinaryOp, a: Expr, b: Expr): Expr {
  if (a.op === 'const' && b.op === 'const') {
    if (op === 'add') return number(a.value + b.value);
    if (op === 'sub') return number(a.value - b.value);
    if (op === 'mul') return number(a.value * b.value);
    if (op === 'div') return number(a.value / b.value);
  }
  switch (op) {
    case 'add':
      if (isConst(a, -0)) return b;
      if (isConst(b, -0)) return a;
      if (b.op === 'neg') return binary('sub', a, b.a);
      break;
    case 'sub':
      if (isConst(b, 0)) return a;
      if (isConst(a, -0)) return unary('neg', b);
      break;
    case 'mul':
      if (isConst(a, 1)) return b;
      if (isConst(b, 1)) return a;
      if (isConst(a, -1)) return unary('neg', b);
      if (isConst(b, -1)) return unary('neg', a);
      break;
    case 'div':
      if (isConst(b, 1)) return a;
      break;
    default:
  }
  return { op, a, b };
}

export const select = (c: Expr, a: Expr, b: Expr): Expr =>
  c.op === 'const' ? (c.value !== 0 ? a : b) : { op: 'select', c, a, b };

/** Short names for building expressions by hand. */
export const e = {
  add: (a: Expr, b: Expr) => binary('add', a, b),
  sub: (a: Expr, b: Expr) => binary('sub', a, b),
  mul: (a: Expr, b: Expr) => binary('mul', a, b),
  div: (a: Expr, b: Expr) => binary('div', a, b),
  neg: (a: Expr) => unary('neg', a),
} as const;

/** The expression with each argument replaced; operations are applied anew, so constants fold. */
export function substituteArgs(expr: Expr, replacement: (index: number) => Expr): Expr {
  const go = (x: Expr): Expr => {
    switch (x.op) {
      case 'arg':
        return replacement(x.index);
      case 'const':
        return x;
      case 'select':
        return select(go(x.c), go(x.a), go(x.b));
      default:
        return 'b' in x ? binary(x.op, go(x.a), go(x.b)) : unary(x.op, go(x.a));
    }
  };
  return go(expr);
}

/** The expression with one part of it, that very object, replaced wherever it stands. Arguments stay as they are. */
export function replacePart(expr: Expr, part: Expr, by: Expr): Expr {
  if (part.op === 'arg' || part.op === 'const') return expr;
  const go = (x: Expr): Expr => {
    if (x === part) return by;
    switch (x.op) {
      case 'arg':
      case 'const':
        return x;
      case 'select':
        return { ...x, c: go(x.c), a: go(x.a), b: go(x.b) };
      default:
        return 'b' in x ? { ...x, a: go(x.a), b: go(x.b) } : { ...x, a: go(x.a) };
    }
  };
  return go(expr);
}

/** Whether two expressions are written the same: operations, arguments, and constants to the bit. */
export function sameExpr(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.op === 'arg') return b.op === 'arg' && a.index === b.index;
  if (a.op === 'const') return b.op === 'const' && Object.is(a.value, b.value);
  if (b.op === 'arg' || b.op === 'const' || a.op !== b.op || !sameExpr(a.a, b.a)) return false;
  if ('b' in a && !('b' in b && sameExpr(a.b, b.b))) return false;
  return !('c' in a) || ('c' in b && sameExpr(a.c, b.c));
}

/** Number of operations, counting shared ones as often as they are written. */
export function cost(expr: Expr): number {
  switch (expr.op) {
    case 'arg':
    case 'const':
      return 0;
    case 'select':
      return 1 + cost(expr.c) + cost(expr.a) + cost(expr.b);
    default:
      return 1 + cost(expr.a) + ('b' in expr ? cost(expr.b) : 0);
  }
}

/** Which arguments an expression reads. */
export function argsUsed(expr: Expr, into: Set<number> = new Set()): Set<number> {
  if (expr.op === 'arg') into.add(expr.index);
  else if (expr.op !== 'const') {
    if (expr.op === 'select') argsUsed(expr.c, into);
    argsUsed(expr.a, into);
    if ('b' in expr) argsUsed(expr.b, into);
  }
  return into;
}

const infix: Partial<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  lt: '<',
  le: '<=',
  eq: '==',
};

/** One line: `(tanh((%0 * 2)) + 1)`, with arguments named by `name`. */
export function printExpr(expr: Expr, name: (index: number) => string = (i) => `%${i}`): string {
  const go = (x: Expr): string => {
    switch (x.op) {
      case 'arg':
        return name(x.index);
      case 'const':
        return Object.is(x.value, -0) ? '-0' : String(x.value);
      case 'neg':
        return `-${go(x.a)}`;
      case 'select':
        return `select(${go(x.c)}, ${go(x.a)}, ${go(x.b)})`;
      default:
        if (!('b' in x)) return `${x.op}(${go(x.a)})`;
        return infix[x.op] ? `(${go(x.a)} ${infix[x.op]} ${go(x.b)})` : `${x.op}(${go(x.a)}, ${go(x.b)})`;
    }
  };
  return go(expr);
}
