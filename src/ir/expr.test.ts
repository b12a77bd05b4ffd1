import { describe, expect, it } from 'vitest';
import { arg, type Expr, e, number, sameExpr, select, unary } from './expr.ts';

const rectified = (index: number): Expr =>
  select({ op: 'lt', a: number(0), b: arg(index) }, arg(index), number(0));

describe('expressions that are written the same', () => {
  it.each<[string, Expr, Expr]>([
    ['an argument', arg(1), arg(1)],
    ['a function', unary('tanh', arg(0)), unary('tanh', arg(0))],
    ['a choice', rectified(0), rectified(0)],
  ])('are the same: %s', (_, a, b) => expect(sameExpr(a, b)).toBe(true));

  it.each<[string, Expr, Expr]>([
    ['another argument', arg(1), arg(0)],
    ['an argument and a constant', arg(1), number(1)],
    ['a constant and a function', number(1), unary('tanh', arg(0))],
    ['another sign of zero', number(0), number(-0)],
    ['another function', unary('tanh', arg(0)), unary('exp', arg(0))],
    ['one operand and two', unary('exp', arg(0)), e.add(arg(0), arg(1))],
    ['operands the other way round', e.sub(arg(0), arg(1)), e.sub(arg(1), arg(0))],
    ['another condition', rectified(0), select({ op: 'le', a: number(0), b: arg(0) }, arg(0), number(0))],
    ['another argument deep inside', rectified(0), rectified(1)],
  ])('are not the same: %s', (_, a, b) => {
    expect(sameExpr(a, b)).toBe(false);
    expect(sameExpr(b, a)).toBe(false);
  });
});
