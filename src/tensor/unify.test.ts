import { describe, expect, it } from 'vitest';
import type { Axis } from './axis.ts';
import { add, asNumber, constant, multiply, type Size, symbol } from './size.ts';
import { Unifier } from './unify.ts';

const axis = (name: string, size: Size, node?: string): Axis => ({ name, size, ...(node && { origin: { node } }) });
const here = { node: 'here', port: 'x' };

describe('the unifier', () => {
  it('learns an unknown from either side', () => {
    const u = new Unifier();
    const [a, b] = [u.fresh('a'), u.fresh('b')];
    u.unify(axis('i', a), axis('i', constant(3)), here);
    u.unify(axis('j', constant(4)), axis('j', b), here);
    expect([a, b].map((s) => asNumber(u.resolve(s)))).toEqual([3, 4]);
    expect(u.conflicts).toEqual([]);
  });
  it('carries what it learns through chains of unknowns', () => {
    const u = new Unifier();
    const [a, b, c] = [u.fresh('a'), u.fresh('b'), u.fresh('c')];
    u.unify(axis('i', a), axis('i', b), here);
    u.unify(axis('i', b), axis('i', c), here);
    u.unify(axis('i', c), axis('i', constant(7)), here);
    expect(asNumber(u.resolve(a))).toBe(7);
  });
  it('solves a product for its one unknown factor, and waits while there are two', () => {
    const u = new Unifier();
    const [h, w] = [u.fresh('h'), u.fresh('w')];
    u.unify(axis('p', multiply(h, w)), axis('p', constant(64)), here);
    expect(asNumber(u.resolve(w))).toBeUndefined();
    u.unify(axis('h', h), axis('h', constant(8)), here);
    expect(asNumber(u.resolve(w))).toBe(8);
  });
  it('refuses a factor that does not divide, and a size below 1', () => {
    const u = new Unifier();
    u.unify(axis('p', multiply(u.fresh('h'), constant(7))), axis('p', constant(64)), here);
    u.unify(axis('q', add(u.fresh('n'), constant(9))), axis('q', constant(5)), here);
    expect(u.conflicts).toHaveLength(2);
  });
  it('reports two numbers that differ, once, with where each came from', () => {
    const u = new Unifier();
    const a = u.fresh('a');
    u.unify(axis('k', a), axis('k', constant(64), 'enc'), here);
    u.unify(axis('k', a), axis('k', constant(32), 'W'), here);
    expect(u.conflicts).toHaveLength(1);
    const [conflict] = u.conflicts;
    expect([conflict?.left, conflict?.right].map((x) => x && u.originOf(x)?.node)).toEqual(['enc', 'W']);
  });
  it('takes a document symbol for its number, and a batch symbol for nothing but itself', () => {
    const u = new Unifier(new Map([['d', constant(32)]]));
    u.unify(axis('d', symbol('d')), axis('d', constant(32)), here);
    expect(u.conflicts).toEqual([]);
    u.unify(axis('B', symbol('B')), axis('B', constant(64)), here);
    expect(u.conflicts).toHaveLength(1);
  });
});
